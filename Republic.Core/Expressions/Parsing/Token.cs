namespace Republic.Core.Expressions.Parsing;

/// <summary>A piece of an expression.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Start">The index of its first character.</param>
/// <param name="Value">What a literal stands for. A number is a double or, without its sign, a ulong.</param>
internal sealed record Token(TokenKind Kind, string Text, int Start, object? Value);
