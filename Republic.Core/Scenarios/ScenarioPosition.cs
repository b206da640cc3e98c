using System.Collections.Immutable;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios;

/// <summary>The point that a walk or an episode has reached in its scenario.</summary>
/// <param name="Current">The name of the state it is in; null where there is no start.</param>
/// <param name="Visits">How often each state was entered, by name, the current one included.</param>
/// <param name="Taken">How often each transition was taken, by the name of its state and its index there, as <c>review/0</c>.</param>
public sealed record ScenarioPosition(
    string? Current,
    ImmutableSortedDictionary<string, int> Visits,
    ImmutableSortedDictionary<string, int> Taken
)
{
    private static readonly ImmutableSortedDictionary<string, int> None = ImmutableSortedDictionary.Create<string, int>(
        StringComparer.Ordinal
    );

    /// <summary>Within the start of a scenario; nowhere, where it has none.</summary>
    public static ScenarioPosition StartOf(ScenarioDefinition definition)
    {
        // A broken draft may have two states of one name.
        var visits = None.ToBuilder();
        foreach (var state in definition.States)
        {
            visits[state.Name] = 0;
        }

        var begun = new ScenarioPosition(null, visits.ToImmutable(), None);
        return definition.States.FirstOrDefault(state => state.Type == NodeType.Start) is { } start ? begun.Entering(start) : begun;
    }

    /// <summary>Whether a transition was taken as often as it can be.</summary>
    public bool IsUsedUp(StateDefinition from, int index) =>
        from.Next[index].MaxVisits is { } most && Taken.GetValueOrDefault(KeyOf(from, index)) >= most;

    public bool IsTaken(StateDefinition from, int index) => Taken.ContainsKey(KeyOf(from, index));

    /// <summary>The point that one of the current state's transitions leads to.</summary>
    public ScenarioPosition Taking(StateDefinition from, int index, StateDefinition to)
    {
        var key = KeyOf(from, index);
        return (this with { Taken = Taken.SetItem(key, Taken.GetValueOrDefault(key) + 1) }).Entering(to);
    }

    private ScenarioPosition Entering(StateDefinition state) =>
        this with
        {
            Current = state.Name,
            Visits = Visits.SetItem(state.Name, Visits.GetValueOrDefault(state.Name) + 1),
        };

    private static string KeyOf(StateDefinition state, int index) => $"{state.Name}/{index}";
}
