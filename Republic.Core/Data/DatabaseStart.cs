using Microsoft.Extensions.Logging;

namespace Republic.Core.Data;

/// <summary>Waits, while the app starts, for a database that is still starting, as after a power cut.</summary>
internal static class DatabaseStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs a step of the start, again and again while the database is away.</summary>
    public static async Task RunAsync(Func<Task> step, ILogger log, CancellationToken ct)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await step();
                return;
            }
            catch (Exception e) when (DatabaseFaults.IsTransient(e) && time.GetElapsedTime(started) < Patience)
            {
                log.LogWarning("The database is not there yet: {Reason} Waiting for it.", e.GetBaseException().Message);
                await Task.Delay(Pause, time, ct);
            }
        }
    }
}
