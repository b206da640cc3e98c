using Republic.Core.Minions.Models;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>
/// Says what is wrong with a scenario, each problem at its element. With an error it cannot be published; a warning is what most likely is
/// not meant.
/// </summary>
public static class ScenarioChecks
{
    /// <summary>Takes any definition, however broken, and gives the same problems in the same order for the same one.</summary>
    /// <param name="deprecations">Which models end, for whoever is to be warned of them; null where nobody is.</param>
    public static IReadOnlyList<ScenarioProblem> Of(ScenarioDefinition definition, PersonDeprecations? deprecations = null)
    {
        var problems = new FoundProblems();
        var conditions = new ParsedConditions(definition);
        SizeChecks.Check(definition, problems);
        RoleChecks.Check(definition, deprecations, problems);
        FactChecks.Check(definition, conditions, problems);
        var graph = new StateGraph(definition);
        StartAndEndChecks.Check(definition, problems);
        foreach (var state in definition.States)
        {
            StateChecks.Check(definition, state, problems);
            TransitionChecks.Check(state, graph, conditions, problems);
            ConditionChecks.Check(definition, state, conditions, problems);
            if (graph.IsWhole)
            {
                ReachChecks.Check(definition, state, graph, problems);
            }

            CycleChecks.Check(definition, state, graph, conditions, problems);
        }

        return problems.All;
    }
}
