using System.Buffers;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols;

/// <summary>The <c>data:</c> payloads of an event stream, one by one, each in a line no longer than a limit.</summary>
internal sealed class SseReader(Stream stream, ModelTarget target, int maxLine) : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(8 << 10);
    private int start;
    private int scanned;
    private int filled;
    private bool hasEnded;

    /// <summary>Valid until the next is asked for; empty at the end. A line that is no event-stream line at all is given whole.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            if (Line() is { } line)
            {
                if (Payload(line) is { IsEmpty: false } payload)
                {
                    return payload;
                }
            }
            else if (hasEnded)
            {
                return Rest();
            }
            else
            {
                MakeRoom();
                var count = await stream.ReadAsync(buffer.AsMemory(filled), ct);
                hasEnded = count == 0;
                filled += count;
            }
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }

    private ReadOnlyMemory<byte>? Line()
    {
        var length = buffer.AsSpan(scanned, filled - scanned).IndexOf((byte)'\n');
        if (length < 0)
        {
            scanned = filled;
            return null;
        }

        var line = buffer.AsMemory(start, scanned + length - start);
        start = scanned += length + 1;
        return line;
    }

    // The last line may lack its end; one that lacks more is half a frame, and the stream shows by itself that it was cut.
    private ReadOnlyMemory<byte> Rest()
    {
        var rest = Payload(buffer.AsMemory(start, filled - start));
        start = scanned = filled;
        return !rest.IsEmpty && rest.Span[^1] is (byte)'}' or (byte)']' ? rest : default;
    }

    private void MakeRoom()
    {
        buffer.AsSpan(start, filled - start).CopyTo(buffer);
        filled -= start;
        scanned -= start;
        start = 0;
        if (filled > maxLine)
        {
            throw ProviderErrors.TooLarge(target, $"a line of more than {maxLine >> 10} KB");
        }

        if (filled == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, filled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }

    // Empty for what carries nothing.
    private static ReadOnlyMemory<byte> Payload(ReadOnlyMemory<byte> line)
    {
        var span = line.Span.TrimEnd("\r "u8);
        if (span.StartsWith("data:"u8))
        {
            var payload = span["data:".Length..].TrimStart((byte)' ');
            return line.Slice(span.Length - payload.Length, payload.Length);
        }

        var isNoise =
            span.IsEmpty || span[0] == ':' || span.StartsWith("event:"u8) || span.StartsWith("id:"u8) || span.StartsWith("retry:"u8);
        return isNoise ? default : line[..span.Length];
    }
}
