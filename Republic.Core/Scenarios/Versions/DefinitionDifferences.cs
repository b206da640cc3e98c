using System.Globalization;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Versions;

/// <summary>What differs between two definitions of a scenario, element by element and field by field, in words that people can read.</summary>
public static class DefinitionDifferences
{
    public static IReadOnlyList<DefinitionDifference> Of(ScenarioDefinition before, ScenarioDefinition after) =>
        [
            .. Fields("", Settings(before), Settings(after)),
            .. Elements("roles", before.Roles.Select(DefinitionElement.Of), after.Roles.Select(DefinitionElement.Of)),
            .. Elements("facts", before.Facts.Select(DefinitionElement.Of), after.Facts.Select(DefinitionElement.Of)),
            .. Elements("states", before.States.Select(DefinitionElement.Of), after.States.Select(DefinitionElement.Of)),
        ];

    private static IReadOnlyList<(string Field, string? Value)> Settings(ScenarioDefinition scenario) =>
        [
            ("name", scenario.Name),
            ("description", scenario.Description),
            ("learner", scenario.Learner),
            ("limits.turns", scenario.Limits.Turns?.ToString(CultureInfo.InvariantCulture)),
            ("limits.minutes", scenario.Limits.Minutes?.ToString(CultureInfo.InvariantCulture)),
            ("limits.cost", scenario.Limits.Cost is { } cost ? DefinitionElement.Number(cost) : null),
            ("limits.tokens", scenario.Limits.Tokens?.ToString(CultureInfo.InvariantCulture)),
        ];

    private static IEnumerable<DefinitionDifference> Fields(
        string prefix,
        IReadOnlyList<(string Field, string? Value)> before,
        IReadOnlyList<(string Field, string? Value)> after
    ) =>
        before
            .Zip(after)
            .Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new DefinitionDifference(prefix + pair.First.Field, pair.First.Value, pair.Second.Value));

    private static List<DefinitionDifference> Elements(
        string list,
        IEnumerable<DefinitionElement> before,
        IEnumerable<DefinitionElement> after
    )
    {
        var (was, now) = (before.ToList(), after.ToList());
        List<DefinitionDifference> found = [];
        foreach (var element in was)
        {
            var path = $"{list}.{element.Name}";
            if (now.Find(other => other.Name == element.Name) is { } same)
            {
                found.AddRange(Fields($"{path}.", element.Fields, same.Fields));
            }
            else
            {
                found.Add(new DefinitionDifference(path, element.Summary, null));
            }
        }

        found.AddRange(
            now.Where(element => !was.Exists(other => other.Name == element.Name))
                .Select(element => new DefinitionDifference($"{list}.{element.Name}", null, element.Summary))
        );
        var (order, newOrder) = (Names(was), Names(now));
        if (found.Count == 0 && order != newOrder)
        {
            found.Add(new DefinitionDifference(list, order, newOrder));
        }

        return found;
    }

    private static string Names(IEnumerable<DefinitionElement> elements) => string.Join(", ", elements.Select(element => element.Name));
}
