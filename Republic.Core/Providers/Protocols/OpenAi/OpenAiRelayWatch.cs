using System.Buffers;
using System.Text.Json;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>
/// Watches a stream on its way through. Only whole lines are let out, as the bytes they came as; a frame is looked into no further
/// than to see that it is one. Usage is read from the last frame that has any.
/// </summary>
public sealed class OpenAiRelayWatch(ModelTarget target, int maxLine) : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
    private int taken;
    private int filled;
    private byte[]? usage;
    private bool hasReason;

    /// <summary>The stream said that it is over.</summary>
    public bool IsDone { get; private set; }

    /// <summary>A word of the answer was let out, a call of a tool, or the reason for its end: from here on it cannot begin anew elsewhere.</summary>
    public bool HasWord { get; private set; }

    /// <summary>Frames of an answer that were let out.</summary>
    public int Pieces { get; private set; }

    /// <summary>What is wrong with the stream; to be told after the lines before it were let out.</summary>
    public ProviderException? Failure { get; private set; }

    /// <summary>What the provider counted; null when it counted nothing.</summary>
    public TokenCounts? Usage => usage is null ? null : OpenAiUsage.Read(usage);

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Room()
    {
        buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
        filled -= taken;
        taken = 0;
        if (filled == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        return buffer.AsMemory(filled);
    }

    /// <summary>The whole lines that <paramref name="count"/> new bytes complete; valid until <see cref="Room"/> is called again.</summary>
    public ReadOnlyMemory<byte> Take(int count)
    {
        var fresh = buffer.AsSpan(filled, count);
        var scan = taken;
        var end = fresh.LastIndexOf((byte)'\n');
        var whole = end < 0 ? scan : filled + end + 1;
        filled += count;
        var good = scan;
        while (good < whole && Failure is null && !IsDone)
        {
            var length = buffer.AsSpan(good, whole - good).IndexOf((byte)'\n') + 1;
            if (Passes(buffer.AsSpan(good, length)))
            {
                good += length;
            }
            else if (Failure is null)
            {
                buffer.AsSpan(good + length, filled - good - length).CopyTo(buffer.AsSpan(good));
                filled -= length;
                whole -= length;
            }
        }

        taken = good;
        if (filled - whole > maxLine)
        {
            Failure ??= ProviderErrors.TooLarge(target, $"a line of more than {maxLine >> 10} KB");
        }

        return buffer.AsMemory(scan, good - scan);
    }

    /// <summary>A last line that lacks its end, if it is a whole frame: to be asked for when no more comes.</summary>
    public ReadOnlyMemory<byte> TakeRest()
    {
        var rest = buffer.AsSpan(taken, filled - taken);
        if (!IsWhole(rest))
        {
            return default;
        }

        "\n\n"u8.CopyTo(Room().Span);
        return Take(2);
    }

    /// <summary>To be called when no more comes. A stream that gave its reason but no end mark is whole.</summary>
    public void End()
    {
        if (Failure is null && !IsDone && !hasReason)
        {
            Failure = Pieces > 0 ? ProviderErrors.Interrupted(target) : ProviderErrors.BadAnswer(target, "sent an empty answer.");
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    // False: not for the client; or, with Failure set, the end.
    private bool Passes(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd("\r\n "u8);
        if (line.IsEmpty || line[0] == ':' || line.StartsWith("event:"u8) || line.StartsWith("id:"u8) || line.StartsWith("retry:"u8))
        {
            return true;
        }

        var payload = line.StartsWith("data:"u8) ? line[5..].TrimStart((byte)' ') : line;
        if (payload.SequenceEqual("[DONE]"u8))
        {
            // Ours is sent when all else is: then it always comes, and whole.
            IsDone = true;
            return false;
        }

        if (OpenAiUsage.After(payload, "\"usage\""u8) is (byte)'{')
        {
            usage = payload.ToArray();
        }

        var isFrame = payload.Length < line.Length && payload[0] == '{' && payload[^1] == '}' && payload.IndexOf("\"choices\""u8) >= 0;
        // Some servers put an error beside what they still say.
        if (!isFrame || OpenAiUsage.After(payload, "\"error\""u8) is (byte)'{')
        {
            Failure = Trouble(payload);
            if (!isFrame || Failure is not null)
            {
                return false;
            }
        }

        Pieces++;
        HasWord = HasWord || OpenAiUsage.HasWord(payload);
        hasReason |= OpenAiUsage.After(payload, "\"finish_reason\""u8) is (byte)'"';
        return true;
    }

    private static bool IsWhole(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd("\r\n "u8);
        if (!line.StartsWith("data:"u8))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(line["data:".Length..]);
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return line.EndsWith("[DONE]"u8);
        }
    }

    private ProviderException? Trouble(ReadOnlySpan<byte> payload)
    {
        try
        {
            using var json = OpenAiAnswer.Parse(target, payload.ToArray());
            // A frame of the vendor's own, neither answer nor error: the client is spared it.
            return OpenAiAnswer.IsError(json.RootElement) ? ProviderErrors.FromAnswer(target, payload) : null;
        }
        catch (ProviderException e)
        {
            return e;
        }
    }
}
