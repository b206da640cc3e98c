using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>That every state can be reached, and an end from it.</summary>
internal static class ReachChecks
{
    public static void Check(ScenarioDefinition definition, StateDefinition state, StateGraph graph, FoundProblems problems)
    {
        var name = ElementName.Of(state.Name);
        var start = definition.States.FirstOrDefault(one => one.Type == NodeType.Start);
        if (start is not null && state.Type != NodeType.Start && !graph.Leads(start.Name, state.Name))
        {
            var isLonely = !definition.States.Any(from => from != state && from.Next.Any(one => one.To == state.Name));
            problems.Error(
                $"states.{state.Name}",
                isLonely
                    ? $"“{name}” cannot be reached. No transition leads to it: add one, or remove the state."
                    : $"“{name}” cannot be reached. What leads to it cannot be reached from the start either: add a transition, or remove the state."
            );
        }

        var ends = definition.States.Where(one => one.Type == NodeType.End).ToList();
        if (state.Type != NodeType.End && state.Next.Count > 0 && ends.Count > 0 && !ends.Exists(end => graph.Leads(state.Name, end.Name)))
        {
            problems.Error($"states.{state.Name}.next", $"From “{name}” no end can be reached. Add a transition that leads towards one.");
        }
    }
}
