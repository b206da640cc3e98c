namespace Republic.Core.PersonalModels.Downloads;

/// <summary>Tells how far a download is, about four times a second and at once where something changes.</summary>
internal sealed class DownloadMeter : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Action<DownloadProgress> report;
    private readonly TimeProvider time;
    private readonly PeriodicTimer ticks;
    private readonly Task ticking;
    private readonly Queue<(long At, long Received)> samples = new();
    private long bytes;
    private long received;
    private long? total;
    private string? waiting;

    public DownloadMeter(Action<DownloadProgress> report, TimeProvider time)
    {
        (this.report, this.time, ticks) = (report, time, new PeriodicTimer(Interval, time));
        ticking = TickAsync();
    }

    /// <summary>Of the file, earlier starts included.</summary>
    public long Bytes
    {
        get => Interlocked.Read(ref bytes);
        set => Interlocked.Exchange(ref bytes, value);
    }

    public string? ETag { get; private set; }

    public void Receive(int count)
    {
        Interlocked.Add(ref bytes, count);
        Interlocked.Add(ref received, count);
    }

    public void Learn(long? totalBytes, string? etag)
    {
        lock (gate)
        {
            (total, ETag) = (totalBytes, etag);
            Report();
        }
    }

    /// <param name="reason">Null: bytes come again, or soon will.</param>
    public void Wait(string? reason)
    {
        lock (gate)
        {
            waiting = reason;
            Report();
        }
    }

    public async ValueTask DisposeAsync()
    {
        ticks.Dispose();
        await ticking;
        Report();
    }

    private async Task TickAsync()
    {
        while (await ticks.WaitForNextTickAsync())
        {
            Report();
        }
    }

    private void Report()
    {
        lock (gate)
        {
            var speed = Speed();
            var left = total - Bytes;
            TimeSpan? remaining = left >= 0 && speed >= 1 ? TimeSpan.FromSeconds(left.Value / speed) : null;
            report(new DownloadProgress(Bytes, total, speed, remaining, ETag, waiting));
        }
    }

    private double Speed()
    {
        var (now, sum) = (time.GetTimestamp(), Interlocked.Read(ref received));
        samples.Enqueue((now, sum));
        while (samples.Count > 2 && time.GetElapsedTime(samples.Peek().At, now) > Window)
        {
            samples.Dequeue();
        }

        var (first, before) = samples.Peek();
        var seconds = time.GetElapsedTime(first, now).TotalSeconds;
        return seconds > 0 ? (sum - before) / seconds : 0;
    }
}
