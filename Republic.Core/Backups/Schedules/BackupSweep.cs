using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Backups.Schedules;

/// <summary>
/// Begins the backup that is due, at the start of the server too: a time that was missed meanwhile is made up for once. And ends one whose job
/// ended without it.
/// </summary>
internal sealed class BackupSweep(
    IDbContextFactory<RepublicDb> databases,
    BackupStart start,
    BackupEvents events,
    TimeProvider time,
    ILogger<BackupSweep> log
) : Sweep(Every, "Backups wait", time, log)
{
    private const string WithoutOwner = "The account that made it was deactivated or deleted meanwhile.";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    /// <returns>How many this node ended and began.</returns>
    public override async Task<int> SweepAsync(CancellationToken ct) => await SettleAsync(ct) + await BeginAsync(ct);

    /// <summary>A job that was given up, or whose owner can have none done any more, says so in its own row alone.</summary>
    private async Task<int> SettleAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var settled = 0;
        foreach (var id in await UnendedAsync(db, ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var work = await db
                .Jobs.AsNoTracking()
                .Where(j => j.Subject == id && j.Kind == BackupWork.KindOfJob)
                .Select(j => new { j.Id, j.OwnerId })
                .SingleOrDefaultAsync(ct);
            IReadOnlyList<Job> ended = work is null ? [] : await JobControl.CancelInAsync(db, work.OwnerId, [work.Id], WithoutOwner, ct);
            var why = ended is [{ Error: { } said }] ? said : WithoutOwner;
            settled += await BackupRows.FailAsync(db, id, why, Time.GetUtcNow(), ct);
            await transaction.CommitAsync(ct);
            await events.PublishAsync(id, ct);
        }

        return settled;
    }

    /// <summary>Backups that no job will end.</summary>
    private static Task<List<Guid>> UnendedAsync(RepublicDb db, CancellationToken ct) =>
        db
            .BackupRuns.Where(r => r.Status == BackupStatus.Running)
            .Where(r =>
                !db.Jobs.Any(j =>
                    j.Subject == r.Id
                    && j.Kind == BackupWork.KindOfJob
                    && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running)
                    && db.Users.Any(p => p.Id == j.OwnerId && p.DeactivatedAt == null)
                )
            )
            .Select(r => r.Id)
            .ToListAsync(ct);

    private async Task<int> BeginAsync(CancellationToken ct)
    {
        var now = Time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        var due = db.BackupSchedules.Where(s => s.NextAt <= now);
        if (!await due.AnyAsync(ct))
        {
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await AdvisoryLocks.TakeAsync(db, Guid.Empty, AdvisoryLocks.Additions, ct);
        if (await due.SingleOrDefaultAsync(ct) is not { } schedule || await OwnerAsync(db, schedule.ChangedBy, ct) is not { } owner)
        {
            return 0;
        }

        schedule.Plan(now);
        var started = await start.StartAsync(db, owner, by: null, now, ct);
        if (started.Ok)
        {
            return 1;
        }

        // The one that is being made just now counts for this time.
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return 0;
    }

    /// <summary>A job is somebody's: that of the schedule belongs to who planned it, or else to the first superuser.</summary>
    private static async Task<Guid?> OwnerAsync(RepublicDb db, Guid? planned, CancellationToken ct)
    {
        var superusers = db.Users.Administering();
        return planned is { } one && await superusers.AnyAsync(p => p.Id == one, ct)
            ? one
            : await superusers.OrderBy(p => p.Id).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct);
    }
}
