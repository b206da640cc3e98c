namespace Republic.Core.Scenarios.Editing;

/// <summary>Checks the names of states, roles and facts, and carries a new one to all that refers to it.</summary>
internal static class ElementNames
{
    /// <param name="element">What is named: state, role or fact.</param>
    /// <param name="isTaken">Whether another element of the kind has the name.</param>
    public static void Check(FieldRules rules, string? name, string element, bool isTaken)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            rules.Add("name", "The name is missing. Enter one.");
        }
        else if (!ScenarioRules.IsName(name))
        {
            rules.Add(
                "name",
                ScenarioRules.Loss(name)
                    ?? $"The name of a {element} is a small letter and at most 39 more, digits and underscores"
                        + (ScenarioRules.NameOf(name) is { } meant ? $", such as {meant}." : ".")
            );
        }
        else if (isTaken)
        {
            rules.Add("name", $"There is another {element} called {name}. Choose another name.");
        }
    }

    public static void RenameState(ScenarioChange change, ScenarioState state, string name)
    {
        InConditions(change, "visits", state.Name, name);
        state.Name = name;
    }

    public static void RenameRole(ScenarioChange change, AgentRole role, string name)
    {
        var (scenario, old) = (change.Scenario, role.Name);
        role.Name = name;
        if (name == old)
        {
            return;
        }

        if (scenario.LearnerRole == old || scenario.Facts.Exists(fact => Names(fact.KnownTo, old)))
        {
            scenario.LearnerRole = scenario.LearnerRole == old ? name : scenario.LearnerRole;
            scenario.Facts = scenario.Facts.ConvertAll(fact => fact with { KnownTo = In(fact.KnownTo, old, name) });
            scenario.SettingsUpdatedAt = change.Now;
        }

        foreach (var state in scenario.States.Where(state => Names(state.Audience, old)))
        {
            (state.Audience, state.UpdatedAt) = (In(state.Audience, old, name), change.Now);
        }
    }

    public static void RenameFact(ScenarioChange change, string fact, string name) => InConditions(change, "facts", fact, name);

    private static bool Names(Audience? audience, string role) => audience?.Roles.Contains(role) == true;

    private static Audience? In(Audience? audience, string role, string name) =>
        Names(audience, role) ? Audience.Of([.. audience!.Roles.Select(r => r == role ? name : r)]) : audience;

    private static void InConditions(ScenarioChange change, string map, string old, string name)
    {
        foreach (var state in change.Scenario.States)
        {
            foreach (var transition in state.Transitions)
            {
                if (transition is not { Kind: TransitionKind.When, Condition: { } condition })
                {
                    continue;
                }

                var renamed = ReferenceRename.In(condition, map, old, name);
                if (renamed != condition && renamed.Length <= ScenarioRules.LongestCondition)
                {
                    (transition.Condition, transition.UpdatedAt, state.UpdatedAt) = (renamed, change.Now, change.Now);
                }
            }
        }
    }
}
