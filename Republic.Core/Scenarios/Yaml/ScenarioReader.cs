using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>Reads a scenario as its JSON Schema has it (scenario-1.schema.json).</summary>
internal static class ScenarioReader
{
    private const string Format = "scenario/1";

    /// <returns>Null where nothing could be read; incomplete where there are problems.</returns>
    public static ScenarioDefinition? Read(YamlNode root, ReadProblems problems)
    {
        problems.Mark("", root);
        if (FieldReader.Of(root, "", problems) is not { } fields)
        {
            return null;
        }

        CheckFormat(fields);
        fields.Required("name", "Say what it is called.");
        var scenario = new ScenarioDefinition
        {
            Name = fields.Text("name", ScenarioRules.LongestName, shortest: 1) ?? "",
            Description = fields.Text("description", ScenarioRules.LongestText),
            Learner = fields.Name("learner"),
            Roles = Elements(fields, "roles", 0, ScenarioRules.MostRoles, RoleReader.Read),
            Facts = Elements(fields, "facts", 0, ScenarioRules.MostFacts, FactReader.Read),
            Limits = Limits(fields),
            States = fields.Required("states", "Write the states that it has, such as begin: {type: start, next: [{to: done}]}.") is null
                ? []
                : Elements(fields, "states", ScenarioRules.FewestStates, ScenarioRules.MostStates, StateReader.Read),
        };
        fields.RefuseOthers();
        return scenario;
    }

    private static void CheckFormat(FieldReader fields)
    {
        const string Advice = $"Begin it with republic: {Format}.";
        if (fields.Required("republic", Advice) is { } format && format is not YamlScalar { IsText: true, Text: Format })
        {
            fields.Add(format, "republic", $"This format is unknown. {Advice}");
        }
    }

    /// <summary>Elements by their names, in the order of the text.</summary>
    private static IReadOnlyList<T> Elements<T>(FieldReader scenario, string key, int fewest, int most, Func<string, FieldReader, T?> read)
        where T : class
    {
        if (scenario.Find(key) is not { } value)
        {
            return [];
        }

        if (value is not YamlMapping { Entries: var entries })
        {
            scenario.Add(value, key, $"{key} are written by their names, such as name: {{…}}.");
            return [];
        }

        if (entries.Count < fewest || entries.Count > most)
        {
            scenario.Add(
                value,
                key,
                $"There are {entries.Count:N0} {key}; a scenario has {(fewest == 0 ? "at most" : $"{fewest} to")} {most}."
            );
            return [];
        }

        List<T> elements = [];
        foreach (var (name, fields) in entries)
        {
            var path = scenario.Marked($"{key}.{name.Text.AtMost(60)}", name);
            if (
                scenario.Name(name, path) is { } known
                && FieldReader.Of(fields, path, scenario.Problems) is { } element
                && read(known, element) is { } made
            )
            {
                elements.Add(made);
            }
        }

        return elements;
    }

    private static ScenarioLimits Limits(FieldReader scenario)
    {
        if (scenario.Find("limits") is not { } value || FieldReader.Of(value, "limits", scenario.Problems) is not { } fields)
        {
            return new ScenarioLimits();
        }

        var limits = new ScenarioLimits(
            (int?)fields.Number("turns", 1, ScenarioRules.MostTurns),
            (int?)fields.Number("minutes", 1, ScenarioRules.MostMinutes),
            fields.Number("cost", 0, ScenarioRules.LargestCost, isWhole: false) is { } cost ? Decimals.Plain(cost) : null,
            (long?)fields.Number("tokens", 1, ScenarioRules.MostTokens)
        );
        fields.RefuseOthers();
        return limits;
    }
}
