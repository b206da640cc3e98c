using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Trying;

/// <summary>A walk while it goes on.</summary>
internal sealed class WalkProgress
{
    private readonly ScenarioDefinition definition;
    private readonly List<WalkStep> steps = [];
    private ScenarioPosition position;

    public WalkProgress(ScenarioDefinition definition)
    {
        (this.definition, position) = (definition, ScenarioPosition.StartOf(definition));
        Turns = Current is { } start ? TurnsOf(start) : 0;
    }

    public StateDefinition? Current => position.Current is { } name ? definition.State(name) : null;

    public IReadOnlyList<WalkStep> Steps => steps;

    /// <summary>In the order of the definition.</summary>
    public IReadOnlyDictionary<string, int> Visits =>
        definition
            .States.DistinctBy(state => state.Name)
            .ToDictionary(state => state.Name, state => position.Visits[state.Name], StringComparer.Ordinal);

    public int Turns { get; private set; }

    /// <summary>The indexes of the transitions that were taken, with hyphens between them.</summary>
    public string Choices { get; private set; } = "";

    /// <summary>The transitions of the current state; none at an end.</summary>
    public IReadOnlyList<TransitionDefinition> Next => Current is { Type: not NodeType.End } state ? state.Next : [];

    public bool IsUsedUp(int index) => Current is { } state && position.IsUsedUp(state, index);

    /// <summary>The choices of the walk that takes one transition more.</summary>
    public string ChoicesWith(int index) => Choices.Length == 0 ? $"{index}" : $"{Choices}-{index}";

    public StateDefinition? TargetOf(int index) => definition.State(Next[index].To);

    /// <returns>False where it cannot be taken; nothing is changed then.</returns>
    public bool TryTake(int index)
    {
        if (
            Current is not { } from
            || index >= Next.Count
            || steps.Count == ScenarioWalk.MostChoices
            || IsUsedUp(index)
            || TargetOf(index) is not { } target
        )
        {
            return false;
        }

        steps.Add(new WalkStep(from, position.Visits[from.Name], index, from.Next[index], Choices));
        position = position.Taking(from, index, target);
        Choices = ChoicesWith(index);
        Turns += TurnsOf(target);
        return true;
    }

    /// <summary>Where a moderator or an address decides whose turn it is, each role counts as acting once a round.</summary>
    private static int TurnsOf(StateDefinition state) =>
        state.Type switch
        {
            NodeType.Action => state.Roles.Count
                * (state.Turn == TurnRule.Once ? 1 : Math.Clamp(state.Rounds ?? 1, 1, ScenarioRules.MostRounds)),
            NodeType.Approval => 1,
            _ => 0,
        };
}
