using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Routing;

/// <summary>A stream of frames on its way through, looked into no further than to see that it is one and what it counted.</summary>
internal sealed class AnswerFrames(HttpResponseMessage answer, Stream upstream, ModelTarget target, int maxLine) : IAsyncDisposable
{
    private readonly OpenAiRelayWatch watch = new(target, maxLine);
    private ReadOnlyMemory<byte> held;

    public TokenCounts? Tokens => watch.Usage;

    /// <summary>Frames so far.</summary>
    public int Pieces => watch.Pieces;

    /// <summary>The stream has said its end: no more comes than what was given out.</summary>
    public bool IsEnding => watch.IsDone && held.IsEmpty;

    /// <summary>What came up to the first word, until it is read.</summary>
    public ReadOnlyMemory<byte> First => held;

    /// <summary>Reads up to the first word, holding what came before it.</summary>
    /// <exception cref="ProviderException">There is none.</exception>
    public async Task BeginAsync(CancellationToken ct)
    {
        var lines = await ReadAsync(ct);
        while (!watch.HasWord && !lines.IsEmpty)
        {
            // The lines are gone when the next ones are read.
            held = held.IsEmpty ? lines.ToArray() : (byte[])[.. held.Span, .. lines.Span];
            lines = await ReadAsync(ct);
        }

        held = held.IsEmpty ? lines : (byte[])[.. held.Span, .. lines.Span];
    }

    public ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken ct)
    {
        if (held.IsEmpty)
        {
            return ReadAsync(ct);
        }

        var lines = held;
        held = default;
        return ValueTask.FromResult(lines);
    }

    public async ValueTask DisposeAsync()
    {
        watch.Dispose();
        await upstream.DisposeAsync();
        answer.Dispose();
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken ct)
    {
        int count;
        while (!watch.IsDone && watch.Failure is null && (count = await upstream.ReadAsync(watch.Room(), ct)) > 0)
        {
            var lines = watch.Take(count);
            if (!lines.IsEmpty)
            {
                return lines;
            }
        }

        var last = watch.Failure is null && !watch.IsDone ? watch.TakeRest() : default;
        if (!last.IsEmpty)
        {
            return last;
        }

        watch.End();
        return watch.Failure is { } failure ? throw failure : default(ReadOnlyMemory<byte>);
    }
}
