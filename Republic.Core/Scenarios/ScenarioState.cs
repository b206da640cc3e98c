namespace Republic.Core.Scenarios;

/// <summary>A state of a scenario's draft.</summary>
public sealed class ScenarioState
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ScenarioId { get; init; }

    /// <summary>Unique in its scenario, as <see cref="ScenarioRules.IsName"/> wants it.</summary>
    public required string Name { get; set; }

    public string? Description { get; set; }

    public List<string> Prompts { get; set; } = [];

    public required NodeType NodeType { get; set; }

    /// <summary>Orders the states of a scenario, from 0.</summary>
    public int Position { get; set; }

    public TurnRule? Turn { get; set; }

    public int? Rounds { get; set; }

    /// <summary>Who gets to know what is said in it; null: the roles that act in it.</summary>
    public Audience? Audience { get; set; }

    /// <summary>The name of the capability that its outcome counts for.</summary>
    public string? Capability { get; set; }

    /// <summary>How long an approval is waited for.</summary>
    public double? TimeoutHours { get; set; }

    public EndResult? Result { get; set; }

    /// <summary>Those that act in it.</summary>
    public List<StateRole> Roles { get; init; } = [];

    /// <summary>Those that lead on from it.</summary>
    public List<StateTransition> Transitions { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it, its roles or its transitions were changed last.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
