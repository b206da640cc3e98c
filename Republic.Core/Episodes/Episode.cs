using Republic.Core.Data;

namespace Republic.Core.Episodes;

/// <summary>A version of a scenario that is played by people and minions.</summary>
public sealed class Episode : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The person who began it, and whose minions, keys and budgets it uses.</summary>
    public required Guid OwnerId { get; init; }

    public required Guid ScenarioId { get; init; }

    /// <summary>The number of the version that is played, whatever becomes of the scenario.</summary>
    public required int Version { get; init; }

    public required EpisodeConfig Config { get; set; }

    /// <summary>The timeline that is shown.</summary>
    public Guid TimelineId { get; set; }

    /// <summary>Its owner looked at what other roles know, which players are told.</summary>
    public bool IsSeenThrough { get; set; }

    /// <summary>An end of it with a result was counted for capabilities: once, whatever is forked or shown later.</summary>
    public bool IsCounted { get; set; }

    /// <summary>An end of it came, and its learner was asked then, where a minion played it: once, whatever is forked or shown later.</summary>
    public bool IsLearnedFrom { get; set; }

    public List<Timeline> Timelines { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>True where a person may see a timeline: the owner sees all of them, a player only the one that is shown.</summary>
    public bool Shows(Guid timeline, Guid person) => timeline == TimelineId || person == OwnerId;
}
