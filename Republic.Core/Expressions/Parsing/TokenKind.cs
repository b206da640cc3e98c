namespace Republic.Core.Expressions.Parsing;

internal enum TokenKind
{
    Name,

    /// <summary>A text in quotes, true, false or null.</summary>
    Literal,
    Number,
    Symbol,
    End,
}
