using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>How many elements there are, and what they are called.</summary>
internal static class SizeChecks
{
    public static void Check(ScenarioDefinition definition, FoundProblems problems)
    {
        if (string.IsNullOrWhiteSpace(definition.Name))
        {
            problems.Error("name", "The scenario has no name. Enter one.");
        }

        Count("roles", definition.Roles.Count, 0, ScenarioRules.MostRoles, problems);
        Count("facts", definition.Facts.Count, 0, ScenarioRules.MostFacts, problems);
        Count("states", definition.States.Count, ScenarioRules.FewestStates, ScenarioRules.MostStates, problems);
        Names("roles", "role", [.. definition.Roles.Select(role => role.Name)], problems);
        Names("facts", "fact", [.. definition.Facts.Select(fact => fact.Name)], problems);
        Names("states", "state", [.. definition.States.Select(state => state.Name)], problems);
    }

    private static void Count(string path, int count, int fewest, int most, FoundProblems problems)
    {
        var found = $"There {Counted.Are(count)} {Counted.Of(count, path[..^1])}";
        if (count < fewest)
        {
            problems.Error(path, $"{found}, and a scenario has {fewest} at least. Add one.");
        }
        else if (count > most)
        {
            problems.Error(path, $"{found}, and a scenario has {most} at most. Remove some.");
        }
    }

    private static void Names(string path, string element, IReadOnlyList<string> names, FoundProblems problems)
    {
        HashSet<string> seen = [];
        foreach (var name in names)
        {
            if (!ScenarioRules.IsName(name))
            {
                problems.Error(
                    $"{path}.{name}",
                    $"“{name.AtMost(60)}” is no name of a {element}: it is a small letter and at most 39 more, digits and underscores."
                );
            }
            else if (!seen.Add(name))
            {
                problems.Error($"{path}.{name}", $"Two {path} are called “{ElementName.Of(name)}”. Rename one.");
            }
        }
    }
}
