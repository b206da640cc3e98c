namespace Republic.Core.Scenarios;

/// <summary>A transition from one state of a scenario's draft to another, or to itself.</summary>
public sealed class StateTransition
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ScenarioId { get; init; }

    public required Guid FromStateId { get; init; }

    public required Guid ToStateId { get; set; }

    public required TransitionKind Kind { get; set; }

    /// <summary>The condition, the question or the label; null where it always is taken, or where no other one is.</summary>
    public string? Condition { get; set; }

    public string? Note { get; set; }

    /// <summary>How often it is taken at most.</summary>
    public int? MaxVisits { get; set; }

    /// <summary>Orders the transitions of a state, from 0: the first that holds is taken.</summary>
    public int Priority { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
