using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;

namespace Republic.Core.Training.Schedules;

/// <summary>Looks for schedules whose hours ended. Apart from <see cref="ScheduleSweep"/>, whose runs may take minutes to make.</summary>
internal sealed class HoursSweep(IDbContextFactory<RepublicDb> databases, ScheduleHours hours, TimeProvider time, ILogger<HoursSweep> log)
    : Sweep(Every, "Hours of schedules do not end", time, log)
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    /// <returns>How many this node ended.</returns>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var now = Time.GetUtcNow();
        List<Guid> over;
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            over = await db
                .TrainingSchedules.Where(s => s.WorkEndsAt <= now)
                .OrderBy(s => s.WorkEndsAt)
                .Select(s => s.Id)
                .Take(AtOnce)
                .ToListAsync(ct);
        }

        var ended = 0;
        foreach (var id in over)
        {
            try
            {
                ended += await hours.EndAsync(id, ct) ? 1 : 0;
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                // One that fails must not keep the others waiting.
                log.LogError(error, "The hours of the schedule {Schedule} ended, and its run will be paused later", id);
            }
        }

        return ended;
    }
}
