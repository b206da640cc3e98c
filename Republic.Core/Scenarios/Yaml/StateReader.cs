using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Yaml;

internal static class StateReader
{
    /// <summary>Each type of state has its own fields.</summary>
    public static StateDefinition? Read(string name, FieldReader fields)
    {
        if (
            fields.Required("type", "Write start, action, decision, approval or end.") is null
            || fields.Word<NodeType>("type") is not { } type
        )
        {
            return null;
        }

        var acts = type is NodeType.Action or NodeType.Approval;
        var state = new StateDefinition(name, type)
        {
            Description = fields.Text("description", ScenarioRules.LongestText),
            Roles = acts ? Roles(fields, type) : [],
            Prompts = acts ? Prompts(fields) : [],
            Turn = type == NodeType.Action ? fields.Word<TurnRule>("turn") : null,
            Rounds = type == NodeType.Action ? (int?)fields.Number("rounds", 1, ScenarioRules.MostRounds) : null,
            TimeoutHours = type == NodeType.Approval ? fields.Positive("timeout_hours", ScenarioRules.MostTimeoutHours) : null,
            Audience = acts ? Audience(fields) : null,
            Capability = acts ? fields.Text("capability", ScenarioRules.LongestCapability, shortest: 1) : null,
            Result = type == NodeType.End ? fields.Word<EndResult>("result") : null,
            Next = type == NodeType.End ? [] : TransitionReader.Read(fields),
        };
        fields.RefuseOthers();
        return state;
    }

    private static IReadOnlyList<string> Roles(FieldReader fields, NodeType type)
    {
        if (fields.Required("roles", "Name those that act in it.") is not { } value)
        {
            return [];
        }

        var names = fields.Names(value, fields.PathOf("roles")) ?? [];
        if (type == NodeType.Approval && names.Count > 1)
        {
            fields.Add(value, fields.PathOf("roles"), "One role approves. Take the others out, or make it an action.");
        }

        return names;
    }

    private static IReadOnlyList<string> Prompts(FieldReader fields)
    {
        var path = fields.PathOf("prompts");
        if (
            fields.Required("prompts", "Say what is to be done in it.") is not { } value
            || fields.Items(value, path, ScenarioRules.MostPrompts, "texts") is not { } items
        )
        {
            return [];
        }

        return
        [
            .. items
                .Select((item, i) => fields.Text(item, fields.Marked($"{path}[{i}]", item), ScenarioRules.LongestPrompt, shortest: 1))
                .OfType<string>(),
        ];
    }

    /// <summary>Null for those that are present, which is what holds where nothing is said.</summary>
    private static Audience? Audience(FieldReader fields) =>
        fields.Find("audience") is { } value
        && AudienceReader.Read(fields, value, "audience", AudienceKind.Present, AudienceKind.All) is { } read
            ? read.Kind == AudienceKind.Present
                ? null
                : read
            : null;
}
