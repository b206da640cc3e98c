namespace Republic.Core.Episodes.Replaying;

/// <summary>What came of playing a timeline again from its journal.</summary>
/// <param name="Calls">How many models were asked: none.</param>
/// <param name="Entries">How many entries there are.</param>
/// <param name="TranscriptSha256">Of the transcript that the journal gives.</param>
/// <param name="BrokenAt">The number of the first entry whose hash is not what its data say; null where none is.</param>
/// <param name="Differences">Entries for which this version of Republic would decide otherwise. What is stored counts.</param>
public sealed record ReplayResult(
    int Calls,
    int Entries,
    string TranscriptSha256,
    long? BrokenAt,
    IReadOnlyList<ReplayDifference> Differences
);
