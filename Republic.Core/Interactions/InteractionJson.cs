using System.Text.Json;
using Republic.Core.Datasets.Rows;

namespace Republic.Core.Interactions;

/// <summary>Pairs as JSON Lines in the messages format, which this and other trainers read.</summary>
public static class InteractionJson
{
    public static async Task WriteAsync(Stream into, IEnumerable<InteractionPair> pairs, CancellationToken ct)
    {
        var end = "\n"u8.ToArray();
        foreach (var pair in pairs)
        {
            RowMessage[] messages = [new("user", pair.Instruction), new("assistant", pair.Response)];
            await JsonSerializer.SerializeAsync(into, new { messages }, SnakeCaseJson.Compact, ct);
            await into.WriteAsync(end, ct);
        }
    }
}
