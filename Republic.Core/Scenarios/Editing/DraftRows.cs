using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Editing;

/// <summary>Makes the rows of a draft those of a definition. Roles and states with a name that there is already stay the same rows.</summary>
internal static class DraftRows
{
    /// <param name="definition">One without errors: all that it refers to is there.</param>
    public static void Lay(ScenarioChange change, ScenarioDefinition definition)
    {
        var scenario = change.Scenario;
        (scenario.Name, scenario.Description, scenario.LearnerRole) = (definition.Name, definition.Description, definition.Learner);
        scenario.Facts = [.. definition.Facts];
        scenario.SettingsUpdatedAt = change.Now;
        var limits = definition.Limits;
        (scenario.MaxTurns, scenario.MaxMinutes, scenario.MaxCost, scenario.MaxTokens) = (
            limits.Turns,
            limits.Minutes,
            limits.Cost,
            limits.Tokens
        );
        LayRoles(change, definition.Roles);
        LayStates(change, definition.States);
    }

    private static void LayRoles(ScenarioChange change, IReadOnlyList<RoleDefinition> roles)
    {
        foreach (var gone in change.Scenario.Roles.Where(row => roles.All(role => role.Name != row.Name)).ToList())
        {
            change.RemoveRole(gone);
        }

        for (var i = 0; i < roles.Count; i++)
        {
            var row = change.Role(roles[i].Name) ?? change.AddRole(roles[i].Name);
            (row.Description, row.Model, row.IsPinned) = (roles[i].Description, roles[i].Model, roles[i].IsPinned);
            (row.Kind, row.IsDirector) = (roles[i].Kind, roles[i].IsDirector);
            (row.Position, row.UpdatedAt) = (i, change.Now);
        }
    }

    private static void LayStates(ScenarioChange change, IReadOnlyList<StateDefinition> states)
    {
        foreach (var gone in change.Scenario.States.Where(row => states.All(state => state.Name != row.Name)).ToList())
        {
            change.RemoveState(gone);
        }

        for (var i = 0; i < states.Count; i++)
        {
            var row = change.State(states[i].Name) ?? change.AddState(states[i].Name, states[i].Type);
            Lay(row, states[i]);
            (row.Position, row.UpdatedAt) = (i, change.Now);
        }

        // All states are there only now.
        foreach (var state in states)
        {
            var row = change.State(state.Name)!;
            change.SetRoles(row, state.Roles);
            change.SetTransitions(row, [.. state.Next.Select(Input)]);
        }
    }

    private static void Lay(ScenarioState row, StateDefinition state)
    {
        (row.NodeType, row.Description, row.Prompts) = (state.Type, state.Description, [.. state.Prompts]);
        (row.Turn, row.Rounds, row.Audience) = (state.Turn, state.Rounds, state.Audience);
        (row.Capability, row.TimeoutHours, row.Result) = (state.Capability, state.TimeoutHours, state.Result);
    }

    private static TransitionInput Input(TransitionDefinition transition) =>
        new()
        {
            To = transition.To,
            Kind = transition.Kind,
            Condition = transition.Condition,
            Note = transition.Note,
            MaxVisits = transition.MaxVisits,
        };
}
