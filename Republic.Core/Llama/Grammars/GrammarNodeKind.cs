namespace Republic.Core.Llama.Grammars;

internal enum GrammarNodeKind
{
    /// <summary>The end of a rule or of a repeated body.</summary>
    Return,

    /// <summary>Takes one byte.</summary>
    Byte,

    /// <summary>Goes on at any of several steps.</summary>
    Choice,

    /// <summary>Goes through a rule and on after it.</summary>
    Call,

    /// <summary>Goes on in a rule, whose end is the end of this one.</summary>
    Jump,

    /// <summary>Goes through a body a counted number of times.</summary>
    Repeat,
}
