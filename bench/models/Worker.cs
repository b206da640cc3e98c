using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Sources;
using Republic.Core.Security;

namespace Republic.Bench;

/// <summary>
/// The process that downloads, and is killed. Each line of its input is an order, <c>url path bytes etag</c>, and each line of its output
/// what came of it.
/// </summary>
internal static class Worker
{
    public static async Task RunAsync(bool isBrisk)
    {
        var time = isBrisk ? new BriskTime() : TimeProvider.System;
        var guard = new OutboundGuard(
            new Fixed(new OutboundOptions { AllowPrivateNetworks = true }),
            new AllowedHosts(),
            new SystemHostResolver()
        );
        using var sources = new SourceClient(guard, time);
        var download = new ModelDownload(sources, time);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var order = new DownloadOrder(new Uri(words[0]), words[1], long.MaxValue)
            {
                TotalBytes = long.Parse(words[2], CultureInfo.InvariantCulture),
                ETag = words[3],
            };
            var (started, cpu, memory) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, Memory("VmRSS"));
            var result = await download.RunAsync(order, _ => { }, CancellationToken.None);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var busy = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{result.End} {result.File?.Sha256 ?? "-"} {seconds} {busy} {Memory("VmHWM") - memory} {result.Message}"
                )
            );
        }
    }

    /// <summary>Kilobytes, of which the system says either what is used or the most that ever was.</summary>
    private static long Memory(string what) =>
        File.Exists("/proc/self/status")
            ? long.Parse(
                File.ReadLines("/proc/self/status")
                    .First(line => line.StartsWith(what + ":", StringComparison.Ordinal))
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
                CultureInfo.InvariantCulture
            )
            : 0;

    /// <summary>
    /// Waits between tries are a twentieth of what they are otherwise: they are not what is measured. How long a source may be silent
    /// stays what it is.
    /// </summary>
    private sealed class BriskTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new BriskTimer(base.CreateTimer(callback, state, Brisk(dueTime), Brisk(period)));

        private static TimeSpan Brisk(TimeSpan time) => time > TimeSpan.Zero && time < TimeSpan.FromSeconds(10) ? time / 20 : time;

        private sealed class BriskTimer(ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Brisk(dueTime), Brisk(period));

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }

    private sealed class Fixed(OutboundOptions value) : IOptionsMonitor<OutboundOptions>
    {
        public OutboundOptions CurrentValue => value;

        public OutboundOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<OutboundOptions, string?> listener) => null;
    }
}
