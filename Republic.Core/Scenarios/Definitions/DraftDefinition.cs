namespace Republic.Core.Scenarios.Definitions;

/// <summary>The definition that the rows of a draft make.</summary>
internal static class DraftDefinition
{
    /// <param name="scenario">With all of its draft (<see cref="ScenarioQueries.WithDraft"/>).</param>
    public static ScenarioDefinition Of(Scenario scenario)
    {
        var roles = scenario.Roles.ToDictionary(role => role.Id, role => role.Name);
        var states = scenario.States.ToDictionary(state => state.Id, state => state.Name);
        return new ScenarioDefinition
        {
            Name = scenario.Name,
            Description = scenario.Description,
            Learner = scenario.LearnerRole,
            Roles = [.. scenario.Roles.OrderBy(role => role.Position).Select(Role)],
            Facts = [.. scenario.Facts],
            Limits = new ScenarioLimits(scenario.MaxTurns, scenario.MaxMinutes, scenario.MaxCost, scenario.MaxTokens),
            States = [.. scenario.States.OrderBy(state => state.Position).Select(state => State(state, roles, states))],
        };
    }

    public static TransitionDefinition Transition(StateTransition transition, IReadOnlyDictionary<Guid, string> states) =>
        new(states[transition.ToStateId], transition.Kind, transition.Condition)
        {
            Note = transition.Note,
            MaxVisits = transition.MaxVisits,
        };

    private static RoleDefinition Role(AgentRole role) =>
        new(role.Name)
        {
            Description = role.Description,
            Model = role.Model,
            IsPinned = role.IsPinned,
            Kind = role.Kind,
            IsDirector = role.IsDirector,
        };

    private static StateDefinition State(
        ScenarioState state,
        IReadOnlyDictionary<Guid, string> roles,
        IReadOnlyDictionary<Guid, string> states
    ) =>
        new(state.Name, state.NodeType)
        {
            Description = state.Description,
            Roles = [.. state.Roles.OrderBy(acting => acting.Position).Select(acting => roles[acting.AgentRoleId])],
            Prompts = [.. state.Prompts],
            Turn = state.Turn,
            Rounds = state.Rounds,
            Audience = state.Audience,
            Capability = state.Capability,
            TimeoutHours = state.TimeoutHours,
            Result = state.Result,
            Next = [.. state.Transitions.OrderBy(t => t.Priority).Select(t => Transition(t, states))],
        };
}
