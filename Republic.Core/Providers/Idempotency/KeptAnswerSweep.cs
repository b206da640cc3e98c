using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Republic.Core.Providers.Idempotency;

internal sealed class KeptAnswerSweep(KeptAnswers answers, TimeProvider time, ILogger<KeptAnswerSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                try
                {
                    await answers.SweepAsync(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogWarning("Kept answers will be cleaned up later: {Reason}", e.Message);
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Going down.
        }
    }
}
