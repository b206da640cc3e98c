using System.Text.Json;
using Republic.Core.Scenarios.Definitions;

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
