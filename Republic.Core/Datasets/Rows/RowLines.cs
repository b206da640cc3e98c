using System.Text.Json;

namespace Republic.Core.Datasets.Rows;

/// <summary>Writes conversations as JSON Lines in the messages format, which this and other trainers read.</summary>
public static class RowLines
{
    private static readonly byte[] End = "\n"u8.ToArray();

    public static async Task WriteAsync(Stream into, IEnumerable<IReadOnlyList<RowMessage>> rows, CancellationToken ct)
    {
        foreach (var messages in rows)
        {
            await JsonSerializer.SerializeAsync(into, new { messages }, SnakeCaseJson.Compact, ct);
            await into.WriteAsync(End, ct);
        }
    }
}
