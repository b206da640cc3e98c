using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Reading;

/// <summary>A timeline of an episode.</summary>
/// <param name="ParentId">The timeline that it was forked from; null for the first one, and for players, who see the shown one alone.</param>
/// <param name="ForkedAt">The number of the last entry that it shares with its parent; null where that is.</param>
/// <param name="Turn">How many steps are done, those that it shares with its parent included.</param>
/// <param name="ForkedTurn">How many of them it shares; null for the first one, and for players.</param>
/// <param name="Hash">Of its last entry, in hexadecimal digits; null for whoever does not see all.</param>
/// <param name="Shown">It is the one that is shown where none is asked for.</param>
public sealed record TimelineCard(
    Guid Id,
    Guid? ParentId,
    long? ForkedAt,
    long Seq,
    int Turn,
    int? ForkedTurn,
    string? Hash,
    EpisodeStatus Status,
    EpisodeWait? Wait,
    EndResult? Result,
    bool Shown,
    DateTimeOffset CreatedAt
);
