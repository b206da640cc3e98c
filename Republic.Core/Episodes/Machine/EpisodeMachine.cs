using System.Collections.Frozen;
using System.Collections.Immutable;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Machine;

/// <summary>
/// Plays one version of a scenario. <see cref="Next"/> is a pure function: it asks nobody, reads no clock, and for the same state and event always
/// decides the same. What it decides, others do (<see cref="Playing.EpisodeWork"/>), and what comes of it is the next event.
/// </summary>
public sealed class EpisodeMachine
{
    private readonly FrozenDictionary<string, StateRules> states;

    /// <param name="definition">One without errors. With others nothing throws, but an episode may come to no end.</param>
    public EpisodeMachine(ScenarioDefinition definition)
    {
        Definition = definition;
        states = definition
            .States.DistinctBy(state => state.Name)
            .ToFrozenDictionary(state => state.Name, state => new StateRules(definition, state), StringComparer.Ordinal);
        Roles = [.. definition.Roles.Select(role => role.Name)];
        RoleValues = [.. Roles];
        Director = definition.Roles.FirstOrDefault(role => role.IsDirector)?.Name;
    }

    public ScenarioDefinition Definition { get; }

    /// <summary>The names of all roles.</summary>
    public IReadOnlyList<string> Roles { get; }

    /// <summary>The role that decides which question of a transition is answered with yes; null where there is none.</summary>
    public string? Director { get; }

    internal IReadOnlyList<object?> RoleValues { get; }

    /// <summary>What follows from an event in a state. Never throws, whatever they are.</summary>
    public Decision Next(EpisodeState state, EpisodeEvent happened) =>
        EventRefusals.Of(this, state, happened) is { } refusal
            ? new Decision(state, [], refusal)
            : new EpisodeAdvance(this, state, happened).Decide();

    /// <summary>The outcomes that the step of the role that acts now may have; empty: it needs none.</summary>
    public IReadOnlyList<string> LabelsOf(EpisodeState state) => LabelsOf(state.Position.Current, state.Role);

    /// <summary>The outcomes that a step of a role may have in a state; empty: it needs none.</summary>
    public IReadOnlyList<string> LabelsOf(string? state, string? role) =>
        Find(state) is not { } current ? []
        : !TurnOrder.HasModerator(current.State) ? current.Labels
        : role == current.State.Roles[0] ? [.. current.State.Roles.Skip(1), TurnOrder.Done]
        : [];

    /// <summary>Whether a condition reads the score of the step that is to be done now.</summary>
    public bool WantsScore(EpisodeState state) => Current(state)?.WantsScore == true;

    /// <summary>The transitions of the current state that can be taken by a person, now that one is to choose, or that nothing leads on.</summary>
    public IReadOnlyList<int> ChoicesOf(EpisodeState state) =>
        Current(state) is not { } current ? []
        : state.Phase == EpisodePhase.Stuck ? [.. Usable(state, current)]
        : state.Phase == EpisodePhase.Choosing
            ?
            [
                .. Usable(state, current)
                    .Where(index => KindOf(current, index) is TransitionKind.Ask or TransitionKind.Manual or TransitionKind.Else),
            ]
        : [];

    /// <summary>The transitions of the current state that can still be taken.</summary>
    public IReadOnlyList<int> TransitionsOf(EpisodeState state) => Current(state) is { } current ? [.. Usable(state, current)] : [];

    /// <summary>The transitions whose questions the director answers now.</summary>
    public IReadOnlyList<int> QuestionsOf(EpisodeState state) =>
        Current(state) is { } current ? [.. Usable(state, current).Where(index => KindOf(current, index) == TransitionKind.Ask)] : [];

    internal StateRules? Find(string? name) => name is not null && states.TryGetValue(name, out var found) ? found : null;

    internal StateRules? Current(EpisodeState state) => Find(state.Position.Current);

    /// <summary>Those that lead to a state and were not taken as often as they can be.</summary>
    internal IEnumerable<int> Usable(EpisodeState state, StateRules current)
    {
        for (var i = 0; i < current.State.Next.Count; i++)
        {
            if (!state.Position.IsUsedUp(current.State, i) && states.ContainsKey(current.State.Next[i].To))
            {
                yield return i;
            }
        }
    }

    /// <summary>The roles that get to know what is said in a state: fixed when it is said, whatever becomes of the scenario later.</summary>
    internal ImmutableArray<string> AudienceOf(StateDefinition state, string speaker)
    {
        var heard = state.Audience switch
        {
            { Kind: AudienceKind.All } => Roles,
            { Kind: AudienceKind.Listed } listed => listed.Roles,
            _ => state.Roles,
        };
        return [.. Roles.Where(role => role == speaker || heard.Contains(role))];
    }

    private static TransitionKind KindOf(StateRules current, int index) => current.State.Next[index].Kind;
}
