using System.Globalization;
using System.Text.Json;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Web.Pages.Scenarios;

/// <summary>Facts as people read and type them.</summary>
internal static class FactWords
{
    public const string NoNumber = "This is no number that can be kept. Write it like 12 or 0.5.";

    /// <summary>The roles that know it from the beginning.</summary>
    public static string KnownTo(FactDefinition fact) =>
        fact.KnownTo switch
        {
            null => "nobody",
            { Kind: AudienceKind.All } => "all",
            var some => string.Join(", ", some.Roles.Select(ElementName.Of)),
        };

    /// <summary>A text, a number, or a list with an entry to each line; null for other values, which are chosen and not typed.</summary>
    public static string? Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(Line)),
            _ => null,
        };

    /// <summary>Null where it is no number that can be kept.</summary>
    public static JsonElement? Number(string? typed) =>
        decimal.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? JsonSerializer.SerializeToElement(number)
            : null;

    /// <param name="lines">An entry to each line.</param>
    public static JsonElement List(string? lines) =>
        JsonSerializer.SerializeToElement(Plain(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Item));

    public static JsonElement Text(string? typed) => JsonSerializer.SerializeToElement(Plain(typed));

    /// <summary>A number, yes or no where it is one, else a text: conditions compare them as such.</summary>
    public static JsonElement Any(string typed) =>
        typed switch
        {
            "yes" or "true" => JsonSerializer.SerializeToElement(true),
            "no" or "false" => JsonSerializer.SerializeToElement(false),
            _ => Number(typed) ?? Text(typed),
        };

    // A browser sends two characters for each end of a line.
    private static string Plain(string? typed) => typed?.Replace("\r\n", "\n", StringComparison.Ordinal) ?? "";

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
