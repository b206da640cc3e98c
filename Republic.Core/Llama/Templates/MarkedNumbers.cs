using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Templates;

/// <summary>
/// Takes numbers through JavaScript as they were written: it knows integers up to 2^53 and writes 1.0 as 1. Such numbers travel as marked texts.
/// </summary>
internal sealed class MarkedNumbers
{
    private const char Begin = '\uE000';
    private const char End = '\uE001';
    private readonly HashSet<string> marked = [];

    public JsonNode? Mark(JsonNode? node) =>
        node switch
        {
            JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Mark(field.Value)))),
            JsonArray items => new JsonArray([.. items.Select(Mark)]),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => Number(value),
            _ => node?.DeepClone(),
        };

    public string Unmark(string text) =>
        marked.Aggregate(
            text,
            (rest, number) =>
                rest.Replace($"\"{Begin}{number}{End}\"", number, StringComparison.Ordinal)
                    .Replace($"{Begin}{number}{End}", number, StringComparison.Ordinal)
        );

    private JsonNode Number(JsonValue value)
    {
        var written = value.ToJsonString();
        var isExact =
            double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var read)
            && Math.Abs(read) <= 1L << 53
            && read.ToString("R", CultureInfo.InvariantCulture) == written
            && !written.Contains('E', StringComparison.Ordinal);
        if (isExact)
        {
            return value.DeepClone();
        }

        marked.Add(written);
        return JsonValue.Create($"{Begin}{written}{End}");
    }
}
