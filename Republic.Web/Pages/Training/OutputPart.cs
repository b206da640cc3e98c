using System.Text.Json;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training;

/// <summary>A step's output for people: each property a label with its value, or with parts of its own.</summary>
/// <param name="Value">Null where there are <paramref name="Parts"/>.</param>
public sealed record OutputPart(string Label, string? Value, IReadOnlyList<OutputPart> Parts)
{
    private const int Most = 60;
    private const int LongText = 60;

    /// <summary>What names an item of a list: its own words.</summary>
    private static readonly string[] Names = ["name", "query", "document", "prompt", "text"];

    /// <summary>Where things lie on the disk says nothing to a person.</summary>
    private static readonly string[] Hidden = ["id", "folder", "line", "of_version", "collection_id", "document_id", "passage_id"];

    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["asked"] = "Answers",
        ["trace"] = "How it was made",
        ["duration_ms"] = "Milliseconds",
        ["average_response_time"] = "Seconds to an answer",
        ["response_time"] = "Seconds",
        ["response"] = "Answer",
        ["sha256"] = "SHA-256",
        ["base_sha256"] = "SHA-256 of the base",
        ["held_out"] = "Held-out rows, nats per token",
        ["retention"] = "What was kept of what it could do",
        ["loss_rise"] = "Rise of the references' loss, nats per token",
        ["after_score"] = "Share of the experience, per cent",
        ["loss_before"] = "Loss before, nats per token",
        ["loss_after"] = "Loss after, nats per token",
        ["test_results"] = "Answers to the tests",
        ["validation_results"] = "Answers",
        ["xp_gained"] = "XP gained",
    };

    public bool IsLong => Value is { } text && (text.Length > LongText || text.Contains('\n', StringComparison.Ordinal));

    public static IReadOnlyList<OutputPart> Of(JsonElement output) =>
        output.ValueKind == JsonValueKind.Object
            ?
            [
                .. output
                    .EnumerateObject()
                    .Where(property => !Hidden.Contains(property.Name))
                    .Select(property => Of(LabelOf(property.Name), property.Value))
                    .OfType<OutputPart>(),
            ]
            : [];

    internal static string LabelOf(string name)
    {
        if (Labels.TryGetValue(name, out var label))
        {
            return label;
        }

        var words = name.Replace('_', ' ');
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>Null where there is nothing to show.</summary>
    private static OutputPart? Of(string label, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => Of(value) is { Count: > 0 } parts ? new(label, null, parts) : null,
            JsonValueKind.Array => OfList(label, [.. value.EnumerateArray()]),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => new(label, Text(value), []),
        };

    private static OutputPart? OfList(string label, IReadOnlyList<JsonElement> items)
    {
        if (items.Count == 0)
        {
            return null;
        }

        if (items.All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)))
        {
            var more = items.Count > Most ? $" and {Figures.Count(items.Count - Most)} more" : "";
            return new(label, string.Join(", ", items.Take(Most).Select(Text)) + more, []);
        }

        var shown = items.Take(Most).Select((item, i) => Item(item, i)).OfType<OutputPart>().ToList();
        if (items.Count > Most)
        {
            shown.Add(new($"And {Figures.Count(items.Count - Most)} more", "", []));
        }

        return new(label, null, shown);
    }

    private static OutputPart? Item(JsonElement item, int at)
    {
        var parts = Of(item);
        if (
            item.ValueKind == JsonValueKind.Object
            && Names.FirstOrDefault(name => item.TryGetProperty(name, out var own) && own.ValueKind == JsonValueKind.String) is { } name
        )
        {
            var own = LabelOf(name);
            return new(item.GetProperty(name).GetString()!, null, [.. parts.Where(part => part.Label != own)]);
        }

        return parts.Count > 0 ? new($"{at + 1}", null, parts) : Of($"{at + 1}", item);
    }

    private static string Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => Figures.Number(value.GetDouble()),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.String => value.GetString()!,
            _ => "–",
        };
}
