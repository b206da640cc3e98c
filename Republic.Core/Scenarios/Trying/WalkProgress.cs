using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Trying;

/// <summary>A walk while it goes on.</summary>
internal sealed class WalkProgress
{
    private readonly ScenarioDefinition definition;
    private readonly List<WalkStep> steps = [];
    private readonly Dictionary<string, int> visits = new(StringComparer.Ordinal);
    private readonly Dictionary<(string State, int Index), int> taken = [];

    public WalkProgress(ScenarioDefinition definition)
    {
        this.definition = definition;
        foreach (var state in definition.States)
        {
            visits[state.Name] = 0;
        }

        if (definition.States.FirstOrDefault(state => state.Type == NodeType.Start) is { } start)
        {
            Enter(start);
        }
    }

    public StateDefinition? Current { get; private set; }

    public IReadOnlyList<WalkStep> Steps => steps;

    public IReadOnlyDictionary<string, int> Visits => visits;

    public int Turns { get; private set; }

    /// <summary>The indexes of the transitions that were taken, with hyphens between them.</summary>
    public string Choices { get; private set; } = "";

    /// <summary>The transitions of the current state; none at an end.</summary>
    public IReadOnlyList<TransitionDefinition> Next => Current is { Type: not NodeType.End } state ? state.Next : [];

    public bool IsUsedUp(int index) =>
        Current is { } state && state.Next[index].MaxVisits is { } most && taken.GetValueOrDefault((state.Name, index)) >= most;

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

        steps.Add(new WalkStep(from, visits[from.Name], index, from.Next[index], Choices));
        taken[(from.Name, index)] = taken.GetValueOrDefault((from.Name, index)) + 1;
        Choices = ChoicesWith(index);
        Enter(target);
        return true;
    }

    private void Enter(StateDefinition state)
    {
        Current = state;
        visits[state.Name]++;
        Turns += TurnsOf(state);
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
