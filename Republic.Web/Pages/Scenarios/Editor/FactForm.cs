using System.Globalization;
using System.Text.Json;
using Republic.Core;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>The form of a fact.</summary>
public sealed class FactForm
{
    public string? Name { get; set; }

    /// <summary>text, number, yes, no, list or nothing.</summary>
    public string? Kind { get; set; } = "text";

    /// <summary>The text or the number; of a list, an entry to each line.</summary>
    public string? Value { get; set; }

    /// <summary>all, listed or nobody.</summary>
    public string? KnownTo { get; set; } = "all";

    public List<string> Roles { get; set; } = [];

    public DateTimeOffset? UpdatedAt { get; set; }

    public static FactForm Of(FactDefinition fact, DateTimeOffset updatedAt) =>
        new()
        {
            Name = Typed.Text(fact.Name),
            Kind = fact.Value.ValueKind switch
            {
                JsonValueKind.String => "text",
                JsonValueKind.Number => "number",
                JsonValueKind.True => "yes",
                JsonValueKind.False => "no",
                JsonValueKind.Array => "list",
                _ => "nothing",
            },
            Value = fact.Value.ValueKind switch
            {
                JsonValueKind.String => fact.Value.GetString(),
                JsonValueKind.Number => fact.Value.GetRawText(),
                JsonValueKind.Array => string.Join('\n', fact.Value.EnumerateArray().Select(Line)),
                _ => null,
            },
            KnownTo = fact.KnownTo is null ? "nobody" : Typed.Word<AudienceKind>(fact.KnownTo.Kind),
            Roles = [.. fact.KnownTo?.Roles ?? []],
            UpdatedAt = updatedAt,
        };

    internal Outcome<FactDefinition> ToFact()
    {
        object? value = Kind switch
        {
            "number" => decimal.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : this,
            "yes" => true,
            "no" => false,
            "nothing" => null,
            "list" => (Typed.Lines(Value) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Item),
            _ => Typed.Lines(Value) ?? "",
        };
        if (ReferenceEquals(value, this))
        {
            return Failure.Invalid("value", "This is no number that can be kept. Write it like 12 or 0.5, or choose a text.");
        }

        return KnownTo == "listed" && Roles.Count == 0
            ? Failure.Invalid("known_to", "Choose who knows it, or nobody.")
            : new FactDefinition(Typed.Name(Name) ?? "", JsonSerializer.SerializeToElement(value))
            {
                KnownTo = Typed.Audience(KnownTo, Roles),
            };
    }

    // An entry that is a number, true or false was one; a text that looks like one, or is not one line, stands in quotes.
    private static string Line(JsonElement item) =>
        item.ValueKind == JsonValueKind.String
        && item.GetString() is { Length: > 0 } text
        && text.AsSpan().IndexOfAny('\r', '\n') < 0
        && Item(text) is string same
        && same == text
            ? text
            : item.GetRawText();

    private static object Item(string line)
    {
        try
        {
            var item = JsonSerializer.Deserialize<JsonElement>(line);
            return item.ValueKind switch
            {
                JsonValueKind.String => item.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => item,
                _ => line,
            };
        }
        catch (JsonException)
        {
            return line;
        }
    }
}
