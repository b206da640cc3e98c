namespace Republic.Web.Cli.Episodes;

/// <summary>What came of computing a timeline again from its journal.</summary>
/// <param name="BrokenAt">The number of the first entry whose hash is not what its data say; null where none is.</param>
internal sealed record RemoteReplay(
    int? Entries,
    string? TranscriptSha256,
    long? BrokenAt,
    IReadOnlyList<RemoteReplay.Difference>? Differences
)
{
    /// <summary>An entry for which this version of Republic would decide otherwise.</summary>
    internal sealed record Difference(long? Seq);
}
