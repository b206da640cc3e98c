using System.Text.Json;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Training.Weights;

/// <summary>The rows of a run as the trainer reads them. A row without a system text gets the minion's: it is asked under that one, too.</summary>
internal static class RowFiles
{
    public static (string Learned, string HeldOut) Paths(string folder) =>
        (Path.Combine(folder, "learned.jsonl"), Path.Combine(folder, "held-out.jsonl"));

    public static void Write(string version, string systemPrompt, string learned, string heldOut)
    {
        using var rows = VersionReader.Open(version);
        AtomicFile.Write(learned, stream => Write(stream, Rows(rows).Where(row => !row.IsValidation), systemPrompt));
        AtomicFile.Write(heldOut, stream => Write(stream, Rows(rows).Where(row => row.IsValidation), systemPrompt));
    }

    public static void Write(Stream stream, IEnumerable<SampleRow> rows, string systemPrompt)
    {
        foreach (var row in rows)
        {
            var messages = row.Messages.Any(message => message.Role == "system")
                ? row.Messages
                : [new RowMessage("system", systemPrompt), .. row.Messages];
            JsonSerializer.Serialize(stream, new { messages }, TrainingJson.Options);
            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>As a passage: what was asked and what was answered, one below the other.</summary>
    public static string TextOf(SampleRow row) =>
        // The database takes no text with a NUL.
        string.Join("\n\n", row.Messages.Where(message => message.Role != "system").Select(message => message.Content)).Replace("\0", "");

    /// <summary>Held-out rows to measure with: of as many groups as possible, and then further rows of them, in the order of the version.</summary>
    public static IReadOnlyList<SampleRow> Measured(VersionReader version, int most)
    {
        var round = new Dictionary<int, int>();
        var rows = Rows(version)
            .Where(row => row.IsValidation)
            .Select(row => (Row: row, Round: round[row.Group] = round.GetValueOrDefault(row.Group) + 1));
        // One row of a group tells the most, so the first of every group comes before the second of any.
        return [.. rows.OrderBy(row => row.Round).Take(most).Select(row => row.Row).OrderBy(row => row.Position)];
    }

    public static IEnumerable<SampleRow> Rows(VersionReader version)
    {
        for (var at = 0; at < version.Count; at += VersionReader.LargestPage)
        {
            foreach (var row in version.Rows(at, VersionReader.LargestPage))
            {
                yield return row;
            }
        }
    }
}
