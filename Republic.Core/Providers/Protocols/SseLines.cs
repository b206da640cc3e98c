using System.Buffers;
using System.Runtime.CompilerServices;

namespace Republic.Core.Providers.Protocols;

/// <summary>The <c>data:</c> payloads of an event stream, one by one, each no longer than a limit.</summary>
internal static class SseLines
{
    /// <summary>Each payload is valid until the next is asked for. A line that is no event-stream line at all is yielded whole.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream stream,
        ModelTarget target,
        int maxLine,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(8 << 10);
        var filled = 0;
        var scanned = 0;
        try
        {
            while (true)
            {
                var start = 0;
                int end;
                while ((end = buffer.AsSpan(scanned, filled - scanned).IndexOf((byte)'\n')) >= 0)
                {
                    end += scanned;
                    if (Payload(buffer.AsMemory(start, end - start)) is { IsEmpty: false } payload)
                    {
                        yield return payload;
                    }

                    start = scanned = end + 1;
                }

                buffer.AsSpan(start, filled - start).CopyTo(buffer);
                filled -= start;
                scanned = filled;
                if (filled > maxLine)
                {
                    throw ProviderErrors.TooLarge(target, $"a line of more than {maxLine >> 10} KB");
                }

                if (filled == buffer.Length)
                {
                    buffer = Grow(buffer, filled);
                }

                var count = await stream.ReadAsync(buffer.AsMemory(filled), ct);
                if (count == 0)
                {
                    break;
                }

                filled += count;
            }

            // The last line may lack its end; one that lacks more is half a frame, and the stream shows by itself that it was cut.
            if (Payload(buffer.AsMemory(0, filled)) is { IsEmpty: false } last && last.Span[^1] is (byte)'}' or (byte)']')
            {
                yield return last;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int filled)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
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
