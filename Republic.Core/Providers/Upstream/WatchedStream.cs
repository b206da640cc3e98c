namespace Republic.Core.Providers.Upstream;

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

    // By the wait for the headers.
    private bool isArmed = true;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var left = limits.Total - target.Spent - time.GetElapsedTime(started);
        if (left <= TimeSpan.Zero)
        {
            throw ProviderErrors.TooLong(target, limits.Total);
        }

        var reading = Below.ReadAsync(buffer, watch.Token);
        // What has come already needs no watch.
        return reading.IsCompletedSuccessfully && !isArmed ? new(Counted(reading.Result)) : AwaitAsync(reading, left, cancellationToken);
    }

    private async ValueTask<int> AwaitAsync(ValueTask<int> reading, TimeSpan left, CancellationToken ct)
    {
        // Re-arming one source and registering the caller on it allocates nothing per piece.
        var patience = left < limits.Idle ? left : limits.Idle;
        watch.CancelAfter(patience);
        try
        {
            using var registration = ct.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), watch);
            var count = await reading;
            // Disarmed while our own reader takes its time: a slow client is not the upstream's fault.
            watch.CancelAfter(Timeout.InfiniteTimeSpan);
            isArmed = false;
            return Counted(count);
        }
        catch (OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            throw patience < limits.Idle ? ProviderErrors.TooLong(target, limits.Total) : ProviderErrors.Timeout(target, limits.Idle);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw ProviderErrors.Interrupted(target, e);
        }
    }

    private int Counted(int count)
    {
        received += count;
        return received <= maxBytes ? count : throw ProviderErrors.TooLarge(target, $"more than {maxBytes >> 20} MB");
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
