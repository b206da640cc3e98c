namespace Republic.Core.Episodes.Replaying;

/// <summary>An entry for which this version of Republic would decide otherwise.</summary>
/// <param name="Seq">The number of the entry.</param>
public sealed record ReplayDifference(long Seq, string Stored, string Decided);
