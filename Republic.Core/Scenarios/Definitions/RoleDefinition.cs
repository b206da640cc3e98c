namespace Republic.Core.Scenarios.Definitions;

/// <summary>A role of a scenario.</summary>
public sealed record RoleDefinition(string Name)
{
    public string? Description { get; init; }

    /// <summary>The name of the model that is wished for; the minion's own answers unless <see cref="IsPinned"/>.</summary>
    public string? Model { get; init; }

    public bool IsPinned { get; init; }

    public RoleKind Kind { get; init; }

    /// <summary>It sees everything and answers the questions of transitions.</summary>
    public bool IsDirector { get; init; }
}
