namespace Republic.Bench;

/// <summary>A message that is to be found.</summary>
/// <param name="Word">It alone has this word.</param>
/// <param name="Common">A common word that it has too.</param>
/// <param name="Phrase">Words that stand in it one after the other.</param>
internal sealed record Needle(Guid Message, string Word, string Common, string Phrase);
