using Republic.Core.Data;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios;

/// <summary>A workflow that people and minions play. What stands here is its draft; what is played is a version of it.</summary>
public sealed class Scenario : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The person who made it, and who alone changes it.</summary>
    public required Guid OwnerId { get; init; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>The name of the role that learns; null where none does.</summary>
    public string? LearnerRole { get; set; }

    public List<FactDefinition> Facts { get; set; } = [];

    /// <summary>The most turns that an episode of it takes; null where that is left to the server.</summary>
    public int? MaxTurns { get; set; }

    public int? MaxMinutes { get; set; }

    /// <summary>In US dollars.</summary>
    public decimal? MaxCost { get; set; }

    public long? MaxTokens { get; set; }

    /// <summary>The number of its newest version; 0 where none was published.</summary>
    public int LastVersion { get; set; }

    public DateTimeOffset? ArchivedAt { get; set; }

    public List<ScenarioState> States { get; init; } = [];

    public List<AgentRole> Roles { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything of its draft was changed last.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When its own fields were changed last, facts and limits among them, but not its states and roles.</summary>
    public required DateTimeOffset SettingsUpdatedAt { get; set; }
}
