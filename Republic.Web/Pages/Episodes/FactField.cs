using System.Text.Json;
using Republic.Core;
using Republic.Core.Scenarios.Definitions;
using Republic.Web.Pages.Scenarios;

namespace Republic.Web.Pages.Episodes;

/// <summary>The value of a fact in a new episode, as it is typed; what is left empty is as the scenario says.</summary>
public sealed class FactField
{
    public string? Name { get; set; }

    public string? Value { get; set; }

    /// <summary>A field for each fact of a scenario.</summary>
    /// <param name="typed">What was typed before.</param>
    public static List<FactField> Of(ScenarioDefinition definition, IEnumerable<FactField> typed)
    {
        var values = typed
            .Where(field => field.Name is not null)
            .DistinctBy(field => field.Name)
            .ToDictionary(field => field.Name!, field => field.Value, StringComparer.Ordinal);
        return [.. definition.Facts.Select(fact => new FactField { Name = fact.Name, Value = values.GetValueOrDefault(fact.Name) })];
    }

    /// <summary>The values that were typed, each of the kind that the scenario's is; what cannot be read is said beside its field.</summary>
    /// <param name="fields">In the order of the scenario's facts.</param>
    public static Dictionary<string, JsonElement> ToFacts(
        ScenarioDefinition definition,
        IReadOnlyList<FactField> fields,
        List<FieldError> unreadable
    )
    {
        var facts = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (fact, field) in definition.Facts.Zip(fields))
        {
            if (string.IsNullOrWhiteSpace(field.Value))
            {
                continue;
            }

            if (Read(fact.Value.ValueKind, field.Value) is { } value)
            {
                facts[fact.Name] = value;
            }
            else
            {
                unreadable.Add(new FieldError($"facts.{fact.Name}", FactWords.NoNumber));
            }
        }

        return facts;
    }

    private static JsonElement? Read(JsonValueKind kind, string typed) =>
        kind switch
        {
            JsonValueKind.Number => FactWords.Number(typed),
            JsonValueKind.Array => FactWords.List(typed),
            JsonValueKind.String => FactWords.Text(typed),
            _ => FactWords.Any(typed.Trim()),
        };
}
