using Microsoft.Extensions.DependencyInjection;
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

    public static void AddTo<TSweep>(IServiceCollection services)
        where TSweep : Sweep
    {
        services.AddSingleton<TSweep>();
        services.AddSingleton<Sweep>(provider => provider.GetRequiredService<TSweep>());
        services.AddHostedService<SweepService>();
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
}
