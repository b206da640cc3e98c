using Republic.Core.Episodes.Knowing;
using Republic.Core.Episodes.Machine;
using Republic.Core.Minions;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Playing;

/// <summary>A minion in its role, with what the role knows.</summary>
internal sealed record Player(CastMinion Cast, RoleDefinition Role, NextStep Next, RoleKnowledge Knowledge)
{
    public Minion Minion => Cast.Minion;

    public EpisodeMachine Machine => Next.Machine;

    public EpisodeState State => Next.State;

    /// <summary>How the minion plays it here; null where nothing was said of it.</summary>
    public string? Description =>
        State.Cast.GetValueOrDefault(Role.Name) is { } member && member.Citizen == Minion.Id ? member.Description : null;
}
