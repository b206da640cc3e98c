namespace Republic.Core.Scenarios;

/// <summary>A role of a scenario's draft, to be played by a person or a minion.</summary>
public sealed class AgentRole
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ScenarioId { get; init; }

    /// <summary>Unique in its scenario, as <see cref="ScenarioRules.IsName"/> wants it.</summary>
    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>The name of the model that is wished for; the minion's own answers unless <see cref="IsPinned"/>.</summary>
    public string? Model { get; set; }

    public bool IsPinned { get; set; }

    public RoleKind Kind { get; set; }

    /// <summary>It sees everything and answers the questions of transitions.</summary>
    public bool IsDirector { get; set; }

    /// <summary>Orders the roles of a scenario, from 0.</summary>
    public int Position { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
