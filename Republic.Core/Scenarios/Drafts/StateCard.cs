namespace Republic.Core.Scenarios.Drafts;

/// <summary>A state of a draft as the JSON API has it.</summary>
/// <param name="Roles">The names of the roles that act in it, in their order.</param>
/// <param name="UpdatedAt">When it, its roles or its transitions were changed last.</param>
public sealed record StateCard(
    Guid Id,
    Guid ScenarioId,
    string Name,
    string? Description,
    IReadOnlyList<string> Prompts,
    NodeType NodeType,
    TurnRule? Turn,
    int? Rounds,
    Audience? Audience,
    string? Capability,
    double? TimeoutHours,
    EndResult? Result,
    IReadOnlyList<string> Roles,
    IReadOnlyList<StateRole> StateRoles,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);
