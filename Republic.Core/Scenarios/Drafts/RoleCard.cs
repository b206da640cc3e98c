namespace Republic.Core.Scenarios.Drafts;

/// <summary>A role of a draft as the JSON API has it.</summary>
/// <param name="Pin">The model answers whoever plays the role.</param>
/// <param name="States">The names of the states that it acts in.</param>
public sealed record RoleCard(
    Guid Id,
    Guid ScenarioId,
    string Name,
    string? Description,
    string? Model,
    bool Pin,
    RoleKind Kind,
    bool Director,
    IReadOnlyList<string> States,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);
