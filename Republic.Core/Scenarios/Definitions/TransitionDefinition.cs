namespace Republic.Core.Scenarios.Definitions;

/// <summary>A transition to another state of a scenario, or to the same.</summary>
/// <param name="To">The name of that state.</param>
/// <param name="Condition">The condition, the question or the label; null where it always is taken, or where no other one is.</param>
public sealed record TransitionDefinition(string To, TransitionKind Kind = TransitionKind.Always, string? Condition = null)
{
    public string? Note { get; init; }

    /// <summary>How often it is taken at most.</summary>
    public int? MaxVisits { get; init; }
}
