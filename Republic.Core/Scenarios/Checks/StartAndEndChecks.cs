using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>Where a scenario begins, and that it can end.</summary>
internal static class StartAndEndChecks
{
    public static void Check(ScenarioDefinition definition, FoundProblems problems)
    {
        var starts = definition.States.Where(state => state.Type == NodeType.Start).ToList();
        if (starts.Count == 0)
        {
            problems.Error("states", "There is no start. Make one state a start, where the scenario begins.");
        }

        foreach (var second in starts.Skip(1))
        {
            problems.Error(
                $"states.{second.Name}",
                $"“{ElementName.Of(second.Name)}” is a second start, beside “{ElementName.Of(starts[0].Name)}”. Choose another type for one of them."
            );
        }

        if (!definition.States.Any(state => state.Type == NodeType.End))
        {
            problems.Error("states", "There is no end. Make one state an end, where the scenario is over.");
        }
    }
}
