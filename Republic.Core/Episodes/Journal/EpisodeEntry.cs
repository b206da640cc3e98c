namespace Republic.Core.Episodes.Journal;

/// <summary>An event of a timeline and what followed from it, in a table that is only added to. Each continues the hash of the one before.</summary>
public sealed class EpisodeEntry
{
    public required Guid TimelineId { get; init; }

    /// <summary>From 1 in the first timeline. A fork goes on from the number that it shares with its parent.</summary>
    public required long Seq { get; init; }

    /// <summary>The kind of the event, as in its JSON.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON of an <see cref="EntryData"/>, byte for byte as its hash was made.</summary>
    public required string Data { get; init; }

    /// <summary>SHA-256 over the hash of the entry before and this one's number and data.</summary>
    public required byte[] Hash { get; init; }
}
