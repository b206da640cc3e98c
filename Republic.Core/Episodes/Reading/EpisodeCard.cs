using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Reading;

/// <summary>An episode in a list, as its shown timeline is.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Turn">How many steps are done, those that a fork shares included.</param>
/// <param name="Cost">Dollars; null for whoever did not begin it, who does not pay.</param>
/// <param name="WaitsForMe">It goes on when the viewer does something.</param>
public sealed record EpisodeCard(
    Guid Id,
    Guid ScenarioId,
    string Scenario,
    int Version,
    Guid InitiatorId,
    EpisodeStatus Status,
    EpisodeWait? Wait,
    EndResult? Result,
    bool WaitsForMe,
    int Turn,
    decimal? Cost,
    DateTimeOffset? StartedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);
