using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Republic.Core.Tools.Servers;

/// <summary>A schema of arguments without its author's words: their names, their types, and which of them are required.</summary>
internal static partial class PlainSchema
{
    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    /// <param name="schema">A JSON Schema; what is none takes any value.</param>
    public static JsonElement Of(JsonElement schema) => JsonSerializer.SerializeToElement(Plain(schema));

    private static JsonObject Plain(JsonElement schema)
    {
        var plain = new JsonObject();
        if (TypeOf(Member(schema, "type")) is { } type)
        {
            plain["type"] = type;
        }

        if (Member(schema, "properties") is { ValueKind: JsonValueKind.Object } properties)
        {
            var kept = new JsonObject();
            foreach (var property in properties.EnumerateObject().Where(property => Name().IsMatch(property.Name)))
            {
                kept[property.Name] = Plain(property.Value);
            }

            plain["properties"] = kept;
            var required = Texts(Member(schema, "required")).Where(kept.ContainsKey).ToList();
            if (required.Count > 0)
            {
                plain["required"] = List(required);
            }
        }

        if (Member(schema, "items") is { ValueKind: JsonValueKind.Object } items)
        {
            plain["items"] = Plain(items);
        }

        return plain;
    }

    /// <summary>One type, or several; null for what names none.</summary>
    private static JsonNode? TypeOf(JsonElement type)
    {
        var known = Texts(type).Where(name => Types.Contains(name)).ToList();
        return known.Count switch
        {
            0 => null,
            1 => known[0],
            _ => List(known),
        };
    }

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    /// <summary>Each once: of a text the text, of a list the texts in it.</summary>
    private static IEnumerable<string> Texts(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.String => [json.GetString()!],
            JsonValueKind.Array => json.EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.String)
                .Select(item => item.GetString()!)
                .Distinct(StringComparer.Ordinal),
            _ => [],
        };

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    /// <summary>Too short for a sentence, and without blanks.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9_.$-]{1,40}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
