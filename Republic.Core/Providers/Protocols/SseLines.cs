namespace Republic.Core.Providers.Protocols;

/// <summary>The <c>data:</c> payloads in whole lines of an event stream.</summary>
internal static class SseLines
{
    public static IEnumerable<ReadOnlyMemory<byte>> Payloads(ReadOnlyMemory<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.Span.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? default : lines[(end + 1)..];
            if (line.Span.StartsWith("data:"u8))
            {
                yield return line["data:".Length..].Trim(" \r"u8);
            }
        }
    }
}
