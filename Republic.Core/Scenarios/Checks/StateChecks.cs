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
        foreach (var field in Misfits(state))
        {
            problems.Error(
                $"{path}.{field}",
                $"“{name}” is of the type {Yaml.Words.Of(state.Type)}, which has no {field}. Take it out, or choose another type."
            );
        }

        if (!Acts(state))
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

    private static bool Acts(StateDefinition state) => state.Type is NodeType.Action or NodeType.Approval;

    /// <summary>The fields that are filled in, and that a state of this type does not have.</summary>
    private static IEnumerable<string> Misfits(StateDefinition state)
    {
        var acts = Acts(state);
        (string Field, bool IsMisfit)[] fields =
        [
            ("roles", !acts && state.Roles.Count > 0),
            ("prompts", !acts && state.Prompts.Count > 0),
            ("turn", state.Type != NodeType.Action && state.Turn is not null),
            ("rounds", state.Type != NodeType.Action && state.Rounds is not null),
            ("timeout_hours", state.Type != NodeType.Approval && state.TimeoutHours is not null),
            ("audience", !acts && state.Audience is not null),
            ("capability", !acts && state.Capability is not null),
            ("result", state.Type != NodeType.End && state.Result is not null),
        ];
        return fields.Where(field => field.IsMisfit).Select(field => field.Field);
    }
}
