using System.Text.Json;
using Republic.Core.Datasets.Rows;

namespace Republic.Core.Interactions;

/// <summary>Pairs as JSON Lines in the messages format, which this and other trainers read.</summary>
public static class InteractionJson
{
    /// <param name="systemPrompt">The first message of every line; null leaves it out.</param>
    public static async Task WriteAsync(Stream into, IEnumerable<InteractionPair> pairs, string? systemPrompt, CancellationToken ct)
    {
        foreach (var pair in pairs)
        {
            RowMessage[] said = [new("user", pair.Instruction), new("assistant", pair.Response)];
            RowMessage[] messages = systemPrompt is { Length: > 0 } text ? [new("system", text), .. said] : said;
            await JsonSerializer.SerializeAsync(into, new { messages }, SnakeCaseJson.Compact, ct);
            await into.WriteAsync("\n"u8.ToArray(), ct);
        }
    }
}
