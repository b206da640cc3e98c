using System.Globalization;
using System.Text.Json;

namespace Republic.Core.Events;

/// <summary>One event of a journal, as a feed reads it from its noun's table.</summary>
public sealed class JournalEntry
{
    private ServerEvent? stored;

    /// <summary>Grows within a subject, which has one writer at a time: a reader that has one number has all below it.</summary>
    public required long Number { get; init; }

    public required string Kind { get; init; }

    /// <summary>JSON.</summary>
    public required string Data { get; init; }

    /// <summary>The entry with its data as they are stored: made once, however many read it.</summary>
    public ServerEvent ToServerEvent() => stored ??= new(Number.ToString(CultureInfo.InvariantCulture), Kind, JsonElement.Parse(Data));

    /// <summary>Entries as a page takes them: number, kind and data of each.</summary>
    public static string ToJson(IEnumerable<JournalEntry> entries) =>
        JsonSerializer.Serialize(
            entries.Select(entry => new
            {
                number = entry.Number,
                kind = entry.Kind,
                data = JsonElement.Parse(entry.Data),
            })
        );
}
