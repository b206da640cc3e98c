using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Backups.Schedules;

/// <summary>Begins a backup. One is made at a time, whoever asks for it and on whichever node.</summary>
public sealed class BackupStart(JobControl jobs, AuditLog audit, BackupEvents events)
{
    /// <summary>Adds the backup and its job, saves what else the caller's transaction has pending, and commits it; a refusal leaves it open.</summary>
    /// <param name="owner">The superuser whose job it is.</param>
    /// <param name="by">Who asked for it; null for the schedule.</param>
    internal async Task<Outcome<BackupRun>> StartAsync(RepublicDb db, Guid owner, Guid? by, DateTimeOffset now, CancellationToken ct)
    {
        await AdvisoryLocks.TakeAsync(db, Guid.Empty, AdvisoryLocks.Additions, ct);
        if (await db.BackupRuns.AnyAsync(r => r.Status == BackupStatus.Running, ct))
        {
            return Failure.Conflict("A backup is being made already. Wait until it is done, or stop it under Work.");
        }

        var run = new BackupRun { FileName = await NewNameAsync(db, now, ct), StartedAt = now };
        db.BackupRuns.Add(run);
        var job = jobs.Add(db, owner, BackupWork.KindOfJob, run.Id);
        await audit.CommitAsync(db, by, AuditActions.BackupStarted, run.FileName, ct);
        await jobs.StartAsync(job);
        await jobs.After.RunAsync(end => events.PublishAsync(run.Id, end));
        return run;
    }

    /// <summary>Named by the second; a further one within it has a number too.</summary>
    private static async Task<string> NewNameAsync(RepublicDb db, DateTimeOffset now, CancellationToken ct)
    {
        var name = $"republic-{now.UtcDateTime.ToString("yyyy-MM-dd-HHmmss", CultureInfo.InvariantCulture)}";
        var others = await db.BackupRuns.Where(r => r.FileName.StartsWith(name)).Select(r => r.FileName).ToListAsync(ct);
        var free = Enumerable.Range(1, others.Count + 1).Select(i => i == 1 ? $"{name}.zip" : $"{name}-{i}.zip");
        return free.First(one => !others.Contains(one));
    }
}
