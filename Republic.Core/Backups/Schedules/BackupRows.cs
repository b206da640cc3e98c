using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Backups.Schedules;

/// <summary>Writes how a backup ended, and reads it for the work on it.</summary>
internal sealed class BackupRows(IDbContextFactory<RepublicDb> databases, JobFence fence, BackupEvents events, TimeProvider time)
{
    public async Task<BackupRun?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.BackupRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
    }

    /// <summary>The end of a backup that a job makes.</summary>
    /// <param name="made">The size of its file, which was checked after it was written.</param>
    /// <exception cref="JobOvertakenException">The job is no longer this start's; nothing was written.</exception>
    public async Task EndAsync(JobRun run, Outcome<long> made, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await fence.WriteAsync(
            run,
            (db, end) =>
                made.Ok
                    ? CompleteAsync(db, run.Job.Subject, made.Value, now, end)
                    : FailAsync(db, run.Job.Subject, made.Failure.Message, now, end),
            ct
        );
        await events.PublishAsync(run.Job.Subject, ct);
    }

    /// <summary>The result of a check, in the transaction that ends its job.</summary>
    /// <param name="problem">Null where the file was read whole.</param>
    public static Task SaveCheckAsync(RepublicDb db, Guid id, Failure? problem, DateTimeOffset now, CancellationToken ct)
    {
        var (status, error) = (problem is null ? BackupStatus.Completed : BackupStatus.Unreadable, problem?.Message);
        return db
            .BackupRuns.Where(r => r.Id == id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(r => r.Status, status).SetProperty(r => r.Error, error).SetProperty(r => r.CheckedAt, now),
                ct
            );
    }

    /// <summary>One that ended already stays as it is.</summary>
    public static Task<int> FailAsync(RepublicDb db, Guid id, string why, DateTimeOffset now, CancellationToken ct) =>
        Running(db, id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(r => r.Status, BackupStatus.Failed).SetProperty(r => r.Error, why).SetProperty(r => r.FinishedAt, now),
                ct
            );

    private static Task<int> CompleteAsync(RepublicDb db, Guid id, long bytes, DateTimeOffset now, CancellationToken ct) =>
        Running(db, id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(r => r.Status, BackupStatus.Completed)
                        .SetProperty(r => r.Bytes, bytes)
                        .SetProperty(r => r.FinishedAt, now)
                        .SetProperty(r => r.CheckedAt, now),
                ct
            );

    private static IQueryable<BackupRun> Running(RepublicDb db, Guid id) =>
        db.BackupRuns.Where(r => r.Id == id && r.Status == BackupStatus.Running);
}
