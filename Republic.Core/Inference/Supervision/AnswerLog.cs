using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Republic.Core.Inference.Http;

namespace Republic.Core.Inference.Supervision;

/// <summary>
/// The events of a streamed answer on their way to its reader. Only whole ones are passed on, so that the next child's can follow them,
/// and they are kept as the bytes they are: only when a child dies is it read what they say.
/// </summary>
internal sealed class AnswerLog
{
    /// <summary>About 15,000 words; a longer answer does not go on after a crash.</summary>
    private const int Most = 4 << 20;
    private const int Stretch = 4 << 10;
    private byte[] bytes = new byte[Stretch];
    private int given;
    private int whole;
    private int filled;

    /// <summary>Where the words of the present child begin.</summary>
    private int begin;
    private long begun;
    private long latest;
    private TimeSpan spent;

    /// <summary>Nothing of it had to be given up.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>The present child wrote words that were passed on.</summary>
    public bool HasProgressed => whole > begin;

    /// <summary>There is nothing but words of one answer, which another child can go on with.</summary>
    public bool IsPlain => Events().All(IsWords);

    /// <summary>What ends an answer is among the events.</summary>
    public bool IsFinished => bytes.AsSpan(0, whole).EndsWith("data: [DONE]\n\n"u8) || (IsComplete && Events().Any(IsLast));

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Space()
    {
        if (whole > Most)
        {
            (IsComplete, begin) = (false, 0);
            bytes.AsSpan(given, filled - given).CopyTo(bytes);
            (given, whole, filled) = (0, whole - given, filled - given);
        }

        if (bytes.Length - filled < Stretch)
        {
            Array.Resize(ref bytes, bytes.Length * 2);
        }

        return bytes.AsMemory(filled);
    }

    public void Add(int count)
    {
        filled += count;
        var end = bytes.AsSpan(whole, filled - whole).LastIndexOf("\n\n"u8);
        if (end < 0)
        {
            return;
        }

        // The first event of all says who speaks, and stands there before anything is computed.
        begin = whole > 0 || !IsComplete ? begin : bytes.AsSpan(0, filled).IndexOf("\n\n"u8) + 2;
        whole += end + 2;
        latest = HasProgressed ? Stopwatch.GetTimestamp() : 0;
        begun = begun == 0 ? latest : begun;
    }

    /// <summary>Passes on what is whole.</summary>
    public int Give(Span<byte> into)
    {
        var count = Math.Min(into.Length, whole - given);
        bytes.AsSpan(given, count).CopyTo(into);
        given += count;
        return count;
    }

    /// <summary>Whatever is there is all there will be.</summary>
    public void End() => whole = filled;

    /// <summary>The half of an event that a dead child left.</summary>
    public void DropUnfinished() => filled = whole;

    /// <summary>The next child is going to write.</summary>
    /// <returns>What it is to go on with; null where nothing was passed on.</returns>
    public ChatContinuation? Resume()
    {
        DropUnfinished();
        spent += begun == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(begun, latest);
        (begin, begun) = (whole, 0);
        if (whole == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        JsonElement head = default;
        foreach (var chunk in Events())
        {
            head = chunk;
            text.Append(chunk.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString());
        }

        return new ChatContinuation(
            head.GetProperty("id").GetString(),
            head.GetProperty("created").GetInt64(),
            text.ToString(),
            spent.TotalMilliseconds
        );
    }

    /// <summary>An error, or what the answer took.</summary>
    private static bool IsLast(JsonElement chunk) => !chunk.TryGetProperty("choices", out _) || chunk.TryGetProperty("usage", out _);

    private static bool IsWords(JsonElement chunk) =>
        chunk.GetProperty("choices")[0] is var choice
        && choice.GetProperty("index").GetInt32() == 0
        && choice.GetProperty("logprobs").ValueKind == JsonValueKind.Null
        && choice.GetProperty("delta").TryGetProperty("content", out _);

    private IEnumerable<JsonElement> Events()
    {
        for (var at = 0; at < whole; )
        {
            var rest = bytes.AsMemory(at, whole - at);
            var length = rest.Span.IndexOf("\n\n"u8);
            var payload = rest[..length]["data: ".Length..];
            at += length + 2;
            if (!payload.Span.SequenceEqual("[DONE]"u8))
            {
                yield return JsonElement.Parse(payload.Span);
            }
        }
    }
}
