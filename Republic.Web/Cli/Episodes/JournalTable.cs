using System.Globalization;
using System.Text.Json;
using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Episodes;

/// <summary>The output of <c>republic episodes journal</c>: a table with one line for each entry.</summary>
internal static class JournalTable
{
    private const int HashDigits = 12;

    /// <param name="width">The width of the terminal in characters; 0 cuts no text.</param>
    public static string Of(IReadOnlyList<JsonElement> entries, int width) =>
        FittedTable.Of<JsonElement>(
            entries,
            [
                ("No.", entry => entry.Member("seq", JsonValueKind.Number)?.GetRawText() ?? ""),
                ("Event", entry => Line(entry, "kind")),
                ("Entered", States),
                ("Hash", entry => string.Concat(Line(entry, "hash").Take(HashDigits))),
            ],
            ("Details", What),
            width
        );

    /// <summary>The states that the entry led to, and how the episode ended by it.</summary>
    private static string States(JsonElement entry) =>
        string.Join(
            ", ",
            (entry.Member("effects", JsonValueKind.Array)?.EnumerateArray() ?? [])
                .Select(effect =>
                    Line(effect, "kind") switch
                    {
                        "enter" => Line(effect, "state"),
                        "end" => "end",
                        _ => "",
                    }
                )
                .Where(state => state.Length > 0)
        );

    /// <summary>What was said or decided, and by which role.</summary>
    private static string What(JsonElement entry)
    {
        if (entry.Member("event", JsonValueKind.Object) is not { } happened)
        {
            return "";
        }

        string[] said =
        [
            Line(happened, "label"),
            Score(happened),
            Line(happened, "fact"),
            Value(happened),
            Line(happened, "text"),
            Line(happened, "error"),
            Line(happened, "limit"),
            Line(happened, "why"),
        ];
        var words = string.Join(" · ", said.Where(word => word.Length > 0));
        var role = Line(happened, "role");
        return role.Length > 0 && words.Length > 0 ? $"{role}: {words}" : role + words;
    }

    private static string Score(JsonElement happened) =>
        happened.Member("score", JsonValueKind.Number) is { } score && score.TryGetDouble(out var number)
            ? number.ToString("0.##", CultureInfo.InvariantCulture)
            : "";

    private static string Value(JsonElement happened) =>
        happened.ValueKind == JsonValueKind.Object
        && happened.TryGetProperty("value", out var value)
        && value.ValueKind != JsonValueKind.Null
            ? RemoteText.OneLine(value.Plain())
            : "";

    private static string Line(JsonElement json, string member) => RemoteText.OneLine(json.Member(member, JsonValueKind.String)?.Text());
}
