using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Trying;

/// <summary>Where a walk through a scenario stands.</summary>
/// <param name="Choices">The choices that were taken, which give this view again.</param>
/// <param name="Steps">The states that were left, in order.</param>
/// <param name="Current">The state it is in; null where the scenario has no start.</param>
/// <param name="Visits">How often each state was entered, by name, the current one included.</param>
/// <param name="Turns">The number of turns so far, those of the current state included.</param>
/// <param name="Options">The transitions from the current state, in their order; none at an end.</param>
/// <param name="Suggested">The index of the transition that is taken whatever happens; null where something else decides.</param>
/// <param name="Interrupted">Why not all of the choices were taken; null where they were.</param>
/// <param name="LimitReached">Why an episode would stop here; null where it would not.</param>
public sealed record WalkView(
    string Choices,
    IReadOnlyList<WalkStep> Steps,
    StateDefinition? Current,
    IReadOnlyDictionary<string, int> Visits,
    int Turns,
    IReadOnlyList<WalkOption> Options,
    int? Suggested,
    string? Interrupted,
    string? LimitReached
)
{
    /// <summary>Whether the walk has as many choices as one may have.</summary>
    public bool IsFull => Steps.Count == ScenarioWalk.MostChoices;

    public bool IsOver => Current?.Type == NodeType.End;

    /// <summary>What the end means; null where the walk is at none, or at one that says nothing.</summary>
    public EndResult? Result => IsOver ? Current?.Result : null;
}
