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
                $"The name of a {element} is a small letter and at most 39 more, digits and underscores"
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
        InConditions(change, $"visits.{state.Name}", $"visits.{name}");
        state.Name = name;
    }

    public static void RenameRole(ScenarioChange change, AgentRole role, string name)
    {
        var scenario = change.Scenario;
        scenario.LearnerRole = scenario.LearnerRole == role.Name ? name : scenario.LearnerRole;
        scenario.Facts = scenario.Facts.ConvertAll(fact => fact with { KnownTo = In(fact.KnownTo, role.Name, name) });
        foreach (var state in scenario.States)
        {
            state.Audience = In(state.Audience, role.Name, name);
        }

        role.Name = name;
    }

    public static void RenameFact(ScenarioChange change, string fact, string name) =>
        InConditions(change, $"facts.{fact}", $"facts.{name}");

    private static Audience? In(Audience? audience, string role, string name) =>
        audience?.Roles.Contains(role) == true ? Audience.Of([.. audience.Roles.Select(r => r == role ? name : r)]) : audience;

    private static void InConditions(ScenarioChange change, string path, string renamed)
    {
        foreach (var state in change.Scenario.States)
        {
            foreach (var transition in state.Transitions)
            {
                if (transition.Kind != TransitionKind.When || Replaced(transition.Condition, path, renamed) is not { } condition)
                {
                    continue;
                }

                (transition.Condition, transition.UpdatedAt, state.UpdatedAt) = (condition, change.Now, change.Now);
            }
        }
    }

    // Where it stands alone, and is not the beginning of a longer name or the end of one.
    private static string? Replaced(string? condition, string path, string renamed)
    {
        var found = false;
        for (var at = 0; (at = condition?.IndexOf(path, at, StringComparison.Ordinal) ?? -1) >= 0; at += renamed.Length)
        {
            var end = at + path.Length;
            if ((at > 0 && IsOfName(condition![at - 1])) || (end < condition!.Length && IsOfName(condition[end])))
            {
                // Goes on behind it, in the length that the loop adds.
                at = end - renamed.Length;
                continue;
            }

            condition = condition[..at] + renamed + condition[end..];
            found = true;
        }

        return found && condition!.Length <= ScenarioRules.LongestCondition ? condition : null;
    }

    private static bool IsOfName(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '.';
}
