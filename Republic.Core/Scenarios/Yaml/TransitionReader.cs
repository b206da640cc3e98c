using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Yaml;

internal static class TransitionReader
{
    /// <summary>The transitions of a state.</summary>
    public static IReadOnlyList<TransitionDefinition> Read(FieldReader state)
    {
        var path = state.PathOf("next");
        if (
            state.Required("next", "Say where it leads, such as next: [{to: done}].") is not { } value
            || state.Items(value, path, ScenarioRules.MostTransitions, "transitions, such as {to: done},") is not { } items
        )
        {
            return [];
        }

        List<TransitionDefinition> transitions = [];
        for (var i = 0; i < items.Count; i++)
        {
            if (FieldReader.Of(items[i], state.Marked($"{path}[{i}]", items[i]), state.Problems) is { } fields)
            {
                transitions.Add(Transition(fields, items[i], isAlone: items.Count == 1));
            }
        }

        return transitions;
    }

    private static TransitionDefinition Transition(FieldReader fields, YamlNode item, bool isAlone)
    {
        fields.Required("to", "Name the state that it leads to.");
        var to = fields.Name("to") ?? "";
        var note = fields.Text("note", ScenarioRules.LongestNote);
        var visits = (int?)fields.Number("max_visits", 1, ScenarioRules.MostVisits);
        List<(TransitionKind Kind, string? Condition)> kinds = [];
        foreach (var kind in new[] { TransitionKind.When, TransitionKind.Ask, TransitionKind.Manual, TransitionKind.Else })
        {
            if (fields.Find(Words.Of(kind)) is { } value)
            {
                kinds.Add((kind, Condition(fields, kind, value)));
            }
        }

        fields.RefuseOthers();
        if (kinds.Count > 1)
        {
            fields.Add(
                item,
                fields.PathOf(Words.Of(kinds[1].Kind)),
                "One of when, ask, manual and else decides about a transition. Keep one."
            );
        }
        else if (kinds.Count == 0 && !isAlone)
        {
            fields.Add(
                item,
                fields.PathOf("when"),
                "Where several transitions lead on, each has one of when, ask, manual and else. Add one."
            );
        }

        var (decides, condition) = kinds.Count == 0 ? (TransitionKind.Always, null) : kinds[0];
        return new TransitionDefinition(to, decides, condition) { Note = note, MaxVisits = visits };
    }

    private static string? Condition(FieldReader fields, TransitionKind kind, YamlNode value)
    {
        var path = fields.PathOf(Words.Of(kind));
        if (kind != TransitionKind.Else)
        {
            return fields.Text(
                value,
                path,
                kind == TransitionKind.Manual ? ScenarioRules.LongestLabel : ScenarioRules.LongestCondition,
                shortest: 1
            );
        }

        if (value is not YamlScalar { Flag: true })
        {
            fields.Add(value, path, $"{path} is true, or left out.");
        }

        return null;
    }
}
