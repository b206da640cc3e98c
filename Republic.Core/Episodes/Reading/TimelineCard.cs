using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Reading;

/// <summary>A timeline of an episode.</summary>
/// <param name="ForkedAt">The number of the last entry that it shares with its parent; null for the first timeline.</param>
/// <param name="Hash">Of its last entry, in hexadecimal digits.</param>
/// <param name="Shown">It is the one that is shown where none is asked for.</param>
public sealed record TimelineCard(
    Guid Id,
    Guid? ParentId,
    long? ForkedAt,
    long Seq,
    string Hash,
    EpisodeStatus Status,
    EpisodeWait? Wait,
    EndResult? Result,
    bool Shown,
    DateTimeOffset CreatedAt
);
