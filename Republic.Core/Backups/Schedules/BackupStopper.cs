using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Backups.Schedules;

/// <summary>Ends a backup with its job, when a superuser stops that.</summary>
internal sealed class BackupStopper(RepublicDb db, JobControl jobs, AuditLog audit, BackupEvents events, TimeProvider time) : IJobStopper
{
    public string Kind => BackupWork.KindOfJob;

    public async Task<Failure?> StopAsync(Guid owner, Guid subject, JobStop stop, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var work = await db.Jobs.OwnedBy(owner).Where(j => j.Subject == subject && j.Kind == Kind).Select(j => j.Id).ToListAsync(ct);
        var ended = await JobControl.CancelInAsync(db, owner, work, stop.Why, ct);
        await BackupRows.FailAsync(db, subject, stop.Why, time.GetUtcNow(), ct);
        await audit.CommitAsync(db, stop.By, AuditActions.JobStopped, stop.Subject, ct);
        jobs.PublishEnd(ended);
        await jobs.After.RunAsync(end => events.PublishAsync(subject, end));
        return null;
    }
}
