namespace Republic.Core.Llama.Grammars;

/// <summary>A grammar, or the schema or pattern that it is made of, cannot be followed; the message says what to change.</summary>
internal sealed class GrammarException(string message) : Exception(message);
