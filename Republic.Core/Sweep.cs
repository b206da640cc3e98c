using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Republic.Core;

/// <summary>What every node does at its start and again and again. What cannot be done is said in the log, and tried again next time.</summary>
/// <param name="waits">What the log says then, before the reason.</param>
internal abstract class Sweep(TimeSpan every, string waits, TimeProvider time, ILogger log) : BackgroundService
{
    protected TimeProvider Time => time;

    /// <returns>How many things it dealt with.</returns>
    public abstract Task<int> SweepAsync(CancellationToken ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            do
            {
                try
                {
                    await SweepAsync(stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogWarning("{What}: {Reason}", waits, error.Message);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Going down.
        }
    }
}
