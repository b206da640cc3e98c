using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>Cycles that nothing limits.</summary>
internal static class CycleChecks
{
    private static readonly string[] Limiting = ["visits", "turn", "round", "minutes", "cost"];

    /// <summary>Warns at the first state of each cycle.</summary>
    public static void Check(
        ScenarioDefinition definition,
        StateDefinition state,
        StateGraph graph,
        ParsedConditions conditions,
        FoundProblems problems
    )
    {
        if (definition.Limits != new ScenarioLimits())
        {
            return;
        }

        var cycle = definition.States.Where(other => graph.Leads(state.Name, other.Name) && graph.Leads(other.Name, state.Name)).ToList();
        if (cycle.Count > 0 && ReferenceEquals(cycle[0], state) && !IsLimited(cycle, conditions))
        {
            problems.Warning(
                $"states.{state.Name}",
                $"{Named(cycle)} can go on for ever. Let a condition count visits, such as visits.{state.Name} < 3, or set limits."
            );
        }
    }

    private static bool IsLimited(List<StateDefinition> cycle, ParsedConditions conditions)
    {
        var names = cycle.Select(state => state.Name).ToHashSet(StringComparer.Ordinal);
        // A condition that counts limits the cycle even where it leads out of it; max_visits does so only on a transition within it.
        return cycle
            .SelectMany(state => state.Next)
            .Any(one => (one.MaxVisits is not null && names.Contains(one.To)) || Counts(one, conditions));
    }

    private static bool Counts(TransitionDefinition transition, ParsedConditions conditions) =>
        conditions.Of(transition)?.References.Any(reference => Limiting.Contains(reference.Path.Split('.')[0])) == true;

    private static string Named(List<StateDefinition> cycle)
    {
        var names = cycle.Take(4).Select(state => $"“{ElementName.Of(state.Name)}”").ToList();
        return cycle.Count == 1 ? names[0]
            : cycle.Count > names.Count ? $"The cycle of {string.Join(", ", names)} and {cycle.Count - names.Count} more"
            : $"The cycle of {string.Join(", ", names.SkipLast(1))} and {names[^1]}";
    }
}
