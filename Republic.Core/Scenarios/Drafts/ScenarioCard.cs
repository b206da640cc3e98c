using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Drafts;

/// <summary>A scenario as lists and the JSON API have it.</summary>
/// <param name="CreatedBy">The person who made it.</param>
/// <param name="Version">The number of its newest version; null where none was published.</param>
/// <param name="MaxCost">In US dollars.</param>
/// <param name="SettingsUpdatedAt">When its own fields were changed last, but not its states and roles.</param>
/// <param name="UpdatedAt">When anything of its draft was changed last.</param>
public sealed record ScenarioCard(
    Guid Id,
    string Name,
    string? Description,
    string? LearnerRole,
    Guid CreatedBy,
    int? Version,
    int StateCount,
    int TransitionCount,
    int RoleCount,
    IReadOnlyList<FactDefinition> Facts,
    int? MaxTurns,
    int? MaxMinutes,
    decimal? MaxCost,
    long? MaxTokens,
    DateTimeOffset? ArchivedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset SettingsUpdatedAt
);
