namespace Republic.Bench;

/// <summary>Viewers of one stream, from their coming to their going.</summary>
internal sealed class Crowd(Server server, string path, string? token, int events)
{
    private const int Door = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public sealed record Figures(
        double CameSeconds,
        Spread First,
        double BytesEach,
        Spread Lag,
        double LastMs,
        double CpuMicroseconds,
        int Missed,
        double LeftSeconds
    );

    public async Task<Figures> GatherAsync(int count, Func<string, Task> tellAsync)
    {
        var viewers = Enumerable.Range(0, count).Select(_ => new Viewer(events + 1)).ToArray();
        var (memory, descriptors) = (server.Memory, server.Descriptors);
        var begin = TimeProvider.System.GetTimestamp();
        var first = await OpenAsync(viewers);
        var came = TimeProvider.System.GetElapsedTime(begin);
        // One that warms up, and does not count.
        await TellAsync(viewers, 0, tellAsync);
        var bytes = (double)(server.Memory - memory) / count;
        var (lags, lasts, cpu) = (new List<double>(), new List<double>(), server.CpuSeconds);
        for (var number = 1; number <= events; number++)
        {
            var lag = await TellAsync(viewers, number, tellAsync);
            lags.AddRange(lag);
            lasts.Add(lag.DefaultIfEmpty(double.NaN).Max());
        }

        cpu = server.CpuSeconds - cpu;
        Array.ForEach(viewers, viewer => viewer.Dispose());
        begin = TimeProvider.System.GetTimestamp();
        // The database may have got up to 100 connections meanwhile.
        while (server.Descriptors > descriptors + 120 && TimeProvider.System.GetElapsedTime(begin) < Patience)
        {
            await Task.Delay(50);
        }

        return new Figures(
            came.TotalSeconds,
            first,
            bytes,
            new Spread(lags),
            new Spread(lasts).P50,
            cpu / (count * events) * 1e6,
            (count * events) - lags.Count,
            TimeProvider.System.GetElapsedTime(begin).TotalSeconds
        );
    }

    private async Task<Spread> OpenAsync(Viewer[] viewers)
    {
        var took = new double[viewers.Length];
        await Parallel.ForAsync(
            0,
            viewers.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Door },
            async (i, _) =>
            {
                var begin = TimeProvider.System.GetTimestamp();
                await viewers[i].OpenAsync(server.Address, path, token);
                took[i] = TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds;
            }
        );
        return new Spread(took);
    }

    /// <returns>Milliseconds from before it was written until each had it.</returns>
    private static async Task<List<double>> TellAsync(Viewer[] viewers, int number, Func<string, Task> tellAsync)
    {
        await Task.Delay(Pause);
        var begin = TimeProvider.System.GetTimestamp();
        await tellAsync(Viewer.MarkOf(number));
        while (
            Array.Exists(viewers, viewer => Volatile.Read(ref viewer.Came[number]) == 0)
            && TimeProvider.System.GetElapsedTime(begin) < Patience
        )
        {
            await Task.Delay(20);
        }

        return
        [
            .. viewers
                .Select(viewer => viewer.Came[number])
                .Where(came => came > 0)
                .Select(came => TimeProvider.System.GetElapsedTime(begin, came).TotalMilliseconds),
        ];
    }
}
