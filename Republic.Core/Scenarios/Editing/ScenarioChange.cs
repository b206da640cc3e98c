using Republic.Core.Data;

namespace Republic.Core.Scenarios.Editing;

/// <summary>A change of a draft, within the transaction that saves it.</summary>
/// <param name="Scenario">With all of its draft.</param>
internal sealed record ScenarioChange(RepublicDb Db, Scenario Scenario, DateTimeOffset Now)
{
    public ScenarioState? State(Guid id) => Scenario.States.Find(state => state.Id == id);

    public ScenarioState? State(string? name) => Scenario.States.Find(state => state.Name == name);

    public AgentRole? Role(string? name) => Scenario.Roles.Find(role => role.Name == name);

    public ScenarioState AddState(string name, NodeType type)
    {
        var state = new ScenarioState
        {
            ScenarioId = Scenario.Id,
            Name = name,
            NodeType = type,
            Position = Scenario.States.Count == 0 ? 0 : Scenario.States.Max(s => s.Position) + 1,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        Db.ScenarioStates.Add(state);
        return state;
    }

    public AgentRole AddRole(string name)
    {
        var role = new AgentRole
        {
            ScenarioId = Scenario.Id,
            Name = name,
            Position = Scenario.Roles.Count == 0 ? 0 : Scenario.Roles.Max(r => r.Position) + 1,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        Db.AgentRoles.Add(role);
        return role;
    }

    /// <summary>Makes the roles of a state those that are named, in this order.</summary>
    /// <param name="names">Of roles that there are.</param>
    public void SetRoles(ScenarioState state, IReadOnlyList<string> names)
    {
        var wanted = names.Select(name => Role(name)!.Id).ToList();
        Remove(state.Roles, acting => !wanted.Contains(acting.AgentRoleId));
        for (var i = 0; i < wanted.Count; i++)
        {
            var acting = state.Roles.Find(r => r.AgentRoleId == wanted[i]);
            if (acting is null)
            {
                acting = new StateRole
                {
                    StateId = state.Id,
                    AgentRoleId = wanted[i],
                    CreatedAt = Now,
                };
                Db.StateRoles.Add(acting);
            }

            acting.Position = i;
        }
    }

    /// <summary>Makes the transitions of a state those that are given, in this order. One to the same state as before stays the same row.</summary>
    /// <param name="next">To states that there are.</param>
    public void SetTransitions(ScenarioState state, IReadOnlyList<TransitionInput> next)
    {
        var left = state.Transitions.OrderBy(t => t.Priority).ToList();
        for (var i = 0; i < next.Count; i++)
        {
            var to = State(next[i].To)!.Id;
            var same = left.Find(t => t.ToStateId == to && t.Kind == next[i].Kind) ?? left.Find(t => t.ToStateId == to);
            if (same is not null)
            {
                left.Remove(same);
            }

            var transition = same ?? AddTransition(state, to, next[i].Kind!.Value);
            var (before, priority) = (TransitionInput.Of(transition, next[i].To!), transition.Priority);
            next[i].Lay(transition, to);
            transition.Priority = i;
            if (same is not null && (priority != i || before != TransitionInput.Of(transition, next[i].To!)))
            {
                transition.UpdatedAt = Now;
            }
        }

        Remove(state.Transitions, left.Contains);
    }

    /// <summary>The state, and all transitions that lead to it.</summary>
    public void RemoveState(ScenarioState state)
    {
        foreach (var from in Scenario.States)
        {
            RemoveTransitions(from, t => t.ToStateId == state.Id);
        }

        Remove(Scenario.States, s => s == state);
    }

    /// <summary>Transitions of a state; those after them move up.</summary>
    public void RemoveTransitions(ScenarioState from, Predicate<StateTransition> isGone)
    {
        if (Remove(from.Transitions, isGone) == 0)
        {
            return;
        }

        foreach (var (i, left) in from.Transitions.OrderBy(t => t.Priority).ToList().Index())
        {
            left.Priority = i;
        }

        from.UpdatedAt = Now;
    }

    /// <summary>The role, and that it acts in states.</summary>
    public void RemoveRole(AgentRole role)
    {
        foreach (var state in Scenario.States)
        {
            if (Remove(state.Roles, acting => acting.AgentRoleId == role.Id) > 0)
            {
                state.UpdatedAt = Now;
            }
        }

        Remove(Scenario.Roles, r => r == role);
    }

    // Out of the list too: rows that are only marked as deleted stand in it until they are saved.
    private int Remove<T>(List<T> rows, Predicate<T> isGone)
        where T : class
    {
        foreach (var row in rows.FindAll(isGone))
        {
            Db.Remove(row);
        }

        return rows.RemoveAll(isGone);
    }

    public StateTransition AddTransition(ScenarioState from, Guid to, TransitionKind kind)
    {
        var transition = new StateTransition
        {
            ScenarioId = Scenario.Id,
            FromStateId = from.Id,
            ToStateId = to,
            Kind = kind,
            Priority = from.Transitions.Count == 0 ? 0 : from.Transitions.Max(t => t.Priority) + 1,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        Db.StateTransitions.Add(transition);
        return transition;
    }
}
