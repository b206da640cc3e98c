namespace Republic.Core.Memories.Recall;

/// <param name="Best">By words and by meaning, the best first.</param>
/// <param name="Whole">Those among them that hold every word of what was asked.</param>
internal sealed record MatchedMemories(IReadOnlyList<Memory> Best, IReadOnlyList<Memory> Whole, NearestMemories Near);
