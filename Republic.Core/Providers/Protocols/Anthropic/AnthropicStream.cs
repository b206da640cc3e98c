namespace Republic.Core.Providers.Protocols.Anthropic;

/// <summary>A streamed message that is read as chat-completion frames. It holds one event at a time.</summary>
internal sealed class AnthropicStream(Stream below, ModelTarget target, int maxLine, long created) : ForwardStream(below)
{
    private readonly SseReader events = new(below, target, maxLine);
    private readonly AnthropicFrames frames = new(target, created);
    private int given;
    private bool hasEnded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (given == frames.Written.Length)
        {
            frames.Clear();
            given = 0;
            if (hasEnded)
            {
                return 0;
            }

            var data = await events.NextAsync(cancellationToken);
            if (data.IsEmpty)
            {
                hasEnded = true;
                frames.End();
            }
            else
            {
                frames.Turn(data);
            }
        }

        var left = frames.Written[given..];
        var count = Math.Min(left.Length, buffer.Length);
        left[..count].CopyTo(buffer);
        given += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            events.Dispose();
        }

        base.Dispose(disposing);
    }
}
