using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Training.Schedules;

/// <summary>Pauses what a schedule started when its hours end.</summary>
internal sealed class ScheduleHours(IDbContextFactory<RepublicDb> databases, JobControl jobs, TimeProvider time)
{
    /// <returns>False where another node did it, or the hours go on.</returns>
    public async Task<bool> EndAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("set local idle_in_transaction_session_timeout = '20s'", ct);
        var now = time.GetUtcNow();
        var locked = await db
            .TrainingSchedules.FromSql($"select * from training_schedules where id = {id} and work_ends_at <= {now} for update skip locked")
            .ToListAsync(ct);
        if (locked is not [{ WorkId: { } work, WorkEndsAt: { } end } schedule])
        {
            return false;
        }

        // A run that is over is left as it ended, and one that the person started anew has another job.
        var at = schedule.Time.Local(end).ToString("HH:mm", CultureInfo.InvariantCulture);
        await jobs.EndAsync(schedule.OwnerId, work, JobStatus.Paused, $"Stopped at {at}, when its hours ended.", ct);
        schedule.WorkEndsAt = null;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
