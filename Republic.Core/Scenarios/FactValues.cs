using System.Text.Json;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Core.Scenarios;

/// <summary>Facts as conditions read them.</summary>
internal static class FactValues
{
    public static Dictionary<string, object?> Of(IEnumerable<FactDefinition> facts)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            values[fact.Name] = Of(fact.Value);
        }

        return values;
    }

    /// <summary>
    /// The same value with each number written in one way, as in a scenario: 10 for 1e1 and for 10.0. The database writes numbers in a way of its own,
    /// and conditions would read another number from there than from where it is kept as it came.
    /// </summary>
    /// <param name="value">One in which nothing is wrong (<see cref="Editing.FactRules.ValueProblem"/>).</param>
    public static JsonElement Plain(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => JsonSerializer.SerializeToElement(
                value.GetDecimal() is var number and not 0 ? Decimals.Plain(number) : 0m
            ),
            JsonValueKind.Array => JsonSerializer.SerializeToElement(value.EnumerateArray().Select(Plain)),
            _ => value,
        };

    public static object? Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Array => value.EnumerateArray().Select(Of).ToList(),
            _ => null,
        };
}
