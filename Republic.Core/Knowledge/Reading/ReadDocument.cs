namespace Republic.Core.Knowledge.Reading;

/// <summary>A document as one text, and what stands where in it. Between two blocks there is white space and nothing else.</summary>
/// <param name="Language">As PostgreSQL calls its search configurations.</param>
public sealed record ReadDocument(string Text, IReadOnlyList<Block> Blocks, string Language, int? Pages = null);
