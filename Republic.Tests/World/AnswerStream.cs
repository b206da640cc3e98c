using System.Text;
using System.Text.Json;

namespace Republic.Tests.World;

/// <summary>Reads the events of a streamed answer one at a time.</summary>
public sealed class AnswerStream(HttpResponseMessage response) : IDisposable
{
    private StreamReader? reader;

    public HttpResponseMessage Response => response;

    /// <summary>The next event's JSON, or null after <c>[DONE]</c>.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        reader ??= new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                return JsonElement.Parse(line["data: ".Length..]);
            }
        }

        return null;
    }

    /// <summary>The next piece of text, or null at the end.</summary>
    public async Task<string?> PieceAsync()
    {
        while (await NextAsync() is { } chunk)
        {
            if (chunk.GetProperty("choices") is { } choices && choices.GetArrayLength() > 0 && Content(choices[0]) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>All text that is still to come.</summary>
    public async Task<string> RestAsync()
    {
        var text = new StringBuilder();
        while (await PieceAsync() is { } piece)
        {
            text.Append(piece);
        }

        return text.ToString();
    }

    public void Dispose()
    {
        reader?.Dispose();
        response.Dispose();
    }

    private static string? Content(JsonElement choice) =>
        choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : null;
}
