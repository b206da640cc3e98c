namespace Republic.Core.Comparisons;

/// <summary>A version of a minion that a comparison asks. 0 is the minion before its first training.</summary>
public sealed record Candidate(Guid MinionId, int Version);
