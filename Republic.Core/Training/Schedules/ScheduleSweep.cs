using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Schedules;

/// <summary>Looks for schedules that are due, at the start of the server too: a time that was missed meanwhile is made up for once.</summary>
internal abstract class ScheduleSweep(
    RunOrigin origin,
    IDbContextFactory<RepublicDb> databases,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger log
) : Sweep(Every, "Schedules wait", time, log)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    /// <returns>How many were kept by this node.</returns>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var now = Time.GetUtcNow();
        List<Guid> due;
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            due = await db
                .TrainingSchedules.Where(s => s.Origin == origin && s.NextAt <= now)
                .Where(s => db.Users.Any(p => p.Id == s.OwnerId && p.DeactivatedAt == null))
                .OrderBy(s => s.NextAt)
                .Select(s => s.Id)
                .Take(AtOnce)
                .ToListAsync(ct);
        }

        var kept = 0;
        foreach (var id in due)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                kept += await scope.ServiceProvider.GetRequiredService<ScheduledRun>().KeepAsync(id, ct) ? 1 : 0;
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                // One that fails must not keep the others waiting.
                Log.LogError(error, "The schedule {Schedule} is due, and will be tried again", id);
            }
        }

        return kept;
    }
}
