namespace Republic.Core.Archives.Records;

/// <summary>A passage that an answer was given.</summary>
/// <param name="Number">As the answer cites it.</param>
internal sealed record ArchivedSource(int Number, string Document, string Text, string? Heading = null, int? Page = null);
