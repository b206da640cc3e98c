using Microsoft.Extensions.Hosting;

namespace Republic.Core;

/// <summary>
/// Runs the sweeps of a node. Their first passes come one after another: each compiles the queries of its own, and all at once they would take
/// the processor from the first page.
/// </summary>
internal sealed class SweepService(IEnumerable<Sweep> sweeps) : BackgroundService
{
    /// <summary>A first pass that waits, as for a Chroma server, keeps the others no longer than this.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Task> running = [];
        foreach (var sweep in sweeps)
        {
            running.Add(sweep.RunAsync(stoppingToken));
            await Task.WhenAny(sweep.FirstPass, running[^1], Task.Delay(Patience, stoppingToken));
        }

        await Task.WhenAll(running);
    }
}
