using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>Who acts in a state, and what they are asked to do.</summary>
internal static class StateChecks
{
    public static void Check(ScenarioDefinition definition, StateDefinition state, FoundProblems problems)
    {
        var (path, name) = ($"states.{state.Name}", ElementName.Of(state.Name));
        RoleChecks.Unknown(definition, state.Roles, $"{path}.roles", problems);
        RoleChecks.Unknown(definition, state.Audience?.Roles ?? [], $"{path}.audience", problems);
        if (state.Type is not (NodeType.Action or NodeType.Approval))
        {
            return;
        }

        if (state.Roles.Count == 0)
        {
            problems.Error($"{path}.roles", $"Nobody acts in “{name}”. Choose a role, or another type of state.");
        }

        if (state.Type == NodeType.Approval && state.Roles.Count > 1)
        {
            problems.Error(
                $"{path}.roles",
                $"{state.Roles.Count} roles approve in “{name}”, and only one can. Take the others out, or make it an action."
            );
        }

        if (state.Prompts.Count == 0)
        {
            problems.Error($"{path}.prompts", $"“{name}” has no prompt. Say what is to be done in it.");
        }
    }
}
