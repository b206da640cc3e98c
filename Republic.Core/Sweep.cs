using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Republic.Core;

/// <summary>What every node does at its start and again and again. What cannot be done is said in the log, and tried again next time.</summary>
/// <param name="waits">What the log says then, before the reason.</param>
internal abstract class Sweep(TimeSpan every, string waits, TimeProvider time, ILogger log)
{
    private readonly TaskCompletionSource firstPass = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first pass is over, also where it failed.</summary>
    public Task FirstPass => firstPass.Task;

    protected TimeProvider Time => time;

    protected ILogger Log => log;

    public static void AddTo<TSweep>(IServiceCollection services)
        where TSweep : Sweep
    {
        services.AddSingleton<TSweep>();
        services.AddSingleton<Sweep>(provider => provider.GetRequiredService<TSweep>());
        services.AddHostedService<Runner>();
    }

    /// <returns>How many things it dealt with.</returns>
    public abstract Task<int> SweepAsync(CancellationToken ct);

    /// <summary>Sweeps until it is cancelled.</summary>
    public virtual async Task RunAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            do
            {
                try
                {
                    await SweepAsync(ct);
                }
                catch (Exception error) when (!ct.IsCancellationRequested)
                {
                    log.LogWarning("{What}: {Reason}", waits, error.Message);
                }

                firstPass.TrySetResult();
            } while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Going down.
        }
    }

    /// <summary>
    /// Runs the sweeps of a node. Their first passes come one after another: each compiles the queries of its own, and all at once they would take
    /// the processor from the first page.
    /// </summary>
    internal sealed class Runner(IEnumerable<Sweep> sweeps) : BackgroundService
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
}
