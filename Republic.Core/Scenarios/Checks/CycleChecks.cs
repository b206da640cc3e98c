using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>Cycles that nothing limits.</summary>
internal static class CycleChecks
{
    private static readonly string[] Limiting = ["visits", "turn", "round", "minutes", "cost"];

    public static void Check(ScenarioDefinition definition, StateGraph graph, ParsedConditions conditions, FoundProblems problems)
    {
        if (definition.Limits != new ScenarioLimits())
        {
            return;
        }

        HashSet<string> seen = [];
        foreach (var state in definition.States.Where(state => graph.Leads(state.Name, state.Name) && !seen.Contains(state.Name)))
        {
            var cycle = definition
                .States.Where(other => graph.Leads(state.Name, other.Name) && graph.Leads(other.Name, state.Name))
                .ToList();
            seen.UnionWith(cycle.Select(other => other.Name));
            if (!cycle.SelectMany(other => other.Next).Any(one => IsLimited(one, conditions)))
            {
                problems.Warning(
                    $"states.{state.Name}",
                    $"{Named(cycle)} can go on for ever. Let a condition count visits, such as visits.{state.Name} < 3, or set limits."
                );
            }
        }
    }

    private static bool IsLimited(TransitionDefinition transition, ParsedConditions conditions) =>
        transition.MaxVisits is not null
        || conditions.Of(transition)?.References.Any(reference => Limiting.Contains(reference.Path.Split('.')[0])) == true;

    private static string Named(List<StateDefinition> cycle)
    {
        var names = cycle.Take(4).Select(state => $"“{ElementName.Of(state.Name)}”").ToList();
        return cycle.Count == 1 ? names[0]
            : cycle.Count > names.Count ? $"The cycle of {string.Join(", ", names)} and {cycle.Count - names.Count} more"
            : $"The cycle of {string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }
}
