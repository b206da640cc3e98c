using System.Text.Encodings.Web;
using System.Text.Json;

namespace Republic.Bench.Rows;

/// <summary>A dataset, and rows of the same population from clusters that the dataset has nothing of.</summary>
/// <param name="Style">The manner that the answers are in; null where there is none.</param>
internal sealed record RowSet(IReadOnlyList<Row> Dataset, IReadOnlyList<Row> Fresh, Style? Style = null)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(IEnumerable<Row> rows) =>
        string.Concat(rows.Select(row => JsonSerializer.Serialize(new { prompt = row.Prompt, completion = row.Completion }, Plain) + "\n"));

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "rows.jsonl"), Json(Dataset));
        File.WriteAllText(Path.Combine(folder, "fresh.jsonl"), Json(Fresh));
    }
}
