namespace Republic.Core.Providers;

/// <summary>An upstream's answer, read under limits. Whatever breaks comes out as a <see cref="ProviderException"/>.</summary>
internal sealed class WatchedStream(
    Stream inner,
    ModelTarget target,
    UpstreamLimits limits,
    CancellationTokenSource watch,
    TimeProvider time,
    bool whole
) : ForwardStream(inner)
{
    private readonly long started = time.GetTimestamp();
    private readonly long maxBytes = whole ? limits.MaxBodyBytes : 4L * limits.MaxBodyBytes;
    private long received;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var left = limits.Total - time.GetElapsedTime(started);
        var patience = left < limits.Idle ? left : limits.Idle;
        if (patience <= TimeSpan.Zero)
        {
            throw ProviderErrors.TooLong(target, limits.Total);
        }

        // Re-arming one source and registering the caller on it allocates nothing per piece.
        watch.CancelAfter(patience);
        try
        {
            using var registration = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), watch);
            var count = await Below.ReadAsync(buffer, watch.Token);
            // Disarmed while our own reader takes its time: a slow client is not the upstream's fault.
            watch.CancelAfter(Timeout.InfiniteTimeSpan);
            received += count;
            return received <= maxBytes ? count : throw ProviderErrors.TooLarge(target, $"more than {maxBytes >> 20} MB");
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw patience < limits.Idle ? ProviderErrors.TooLong(target, limits.Total) : ProviderErrors.Timeout(target, limits.Idle);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw ProviderErrors.Interrupted(target, e);
        }
    }

    /// <summary>Everything, or its first <paramref name="max"/> bytes and false.</summary>
    public async Task<(ReadOnlyMemory<byte> Bytes, bool Complete)> ReadUpToAsync(int max, CancellationToken ct)
    {
        var bytes = new byte[Math.Min(max, 16 << 10)];
        var filled = 0;
        while (true)
        {
            if (filled == bytes.Length)
            {
                if (filled == max)
                {
                    return (bytes, false);
                }

                Array.Resize(ref bytes, Math.Min(max, bytes.Length * 2));
            }

            var count = await ReadAsync(bytes.AsMemory(filled), ct);
            if (count == 0)
            {
                return (bytes.AsMemory(0, filled), true);
            }

            filled += count;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            watch.Dispose();
        }

        base.Dispose(disposing);
    }
}
