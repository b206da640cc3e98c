namespace Republic.Core.Search.Words;

internal enum WordKind
{
    /// <summary>Letters, digits and what is written over and under them.</summary>
    Word,

    /// <summary>Signs of a script that puts no spaces between words.</summary>
    Run,

    /// <summary>An emoji, or another symbol.</summary>
    Symbol,

    /// <summary>Punctuation, and what else is on a keyboard.</summary>
    Sign,
}
