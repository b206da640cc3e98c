using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Backups.Schedules;

/// <summary>What superusers do with backups: begin, check, download and delete them.</summary>
public sealed class BackupEditor(RepublicDb db, BackupStart start, BackupFolder folder, JobControl jobs, AuditLog audit, TimeProvider time)
{
    private static readonly Failure OnlySuperusers = Failure.Forbidden("Only a superuser makes backups and reads them.");

    private static readonly Failure BeingMade = Failure.Conflict(
        "This backup is being made. Wait until it is done, or stop it under Work."
    );

    public async Task<Outcome<BackupRun>> StartAsync(Guid by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        return await db.KeepsAdministeringAsync(by, ct) ? await start.StartAsync(db, by, by, time.GetUtcNow(), ct) : OnlySuperusers;
    }

    /// <summary>Has the file read whole once more, which is a job of its own.</summary>
    public async Task<Outcome<BackupRun>> CheckAsync(Guid by, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var found = await FindWithFileAsync(by, id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        await AdvisoryLocks.TakeAsync(db, id, AdvisoryLocks.Additions, ct);
        if (await Checks(id).AnyAsync(ct))
        {
            return Failure.Conflict("This backup is being checked already.");
        }

        var job = jobs.Add(db, by, BackupCheckWork.KindOfJob, id);
        await audit.CommitAsync(db, by, AuditActions.BackupChecked, found.Value.FileName, ct);
        await jobs.StartAsync(job);
        return found.Value;
    }

    /// <summary>For a download, which the audit log knows of before the first byte is sent.</summary>
    /// <returns>The path of its file.</returns>
    public async Task<Outcome<string>> OpenAsync(Guid by, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var found = await FindWithFileAsync(by, id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        await audit.CommitAsync(db, by, AuditActions.BackupDownloaded, found.Value.FileName, ct);
        return folder.PathOf(found.Value.FileName);
    }

    /// <returns>The name of its file.</returns>
    public async Task<Outcome<string>> DeleteAsync(Guid by, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var found = await FindAsync(by, id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        if (found.Value is { Status: BackupStatus.Running })
        {
            return BeingMade;
        }

        List<Job> ended = [];
        foreach (var check in await Checks(id).Select(j => new { j.Id, j.OwnerId }).ToListAsync(ct))
        {
            ended.AddRange(await JobControl.CancelInAsync(db, check.OwnerId, [check.Id], "The backup was deleted.", ct));
        }

        var (name, hasFile) = (found.Value.FileName, found.Value.Status != BackupStatus.Failed);
        await db.BackupRuns.Where(r => r.Id == id).ExecuteDeleteAsync(ct);
        await audit.CommitAsync(db, by, AuditActions.BackupDeleted, name, ct);
        jobs.PublishEnd(ended);
        Action<string> delete = hasFile ? folder.Delete : folder.DeleteUnfinished;
        await jobs.After.RunAsync(_ => Task.Run(() => delete(name), CancellationToken.None));
        return name;
    }

    private IQueryable<Job> Checks(Guid id) =>
        db.Jobs.Where(j =>
            j.Subject == id && j.Kind == BackupCheckWork.KindOfJob && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running)
        );

    /// <summary>Who asks stays a superuser until the transaction ends.</summary>
    private async Task<Outcome<BackupRun>> FindAsync(Guid by, Guid id, CancellationToken ct) =>
        !await db.KeepsAdministeringAsync(by, ct) ? OnlySuperusers
        : await db.BackupRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is { } run ? run
        : Failure.NotFound("backup");

    private async Task<Outcome<BackupRun>> FindWithFileAsync(Guid by, Guid id, CancellationToken ct)
    {
        var found = await FindAsync(by, id, ct);
        return !found.Ok ? found
            : found.Value.Status == BackupStatus.Running ? BeingMade
            : found.Value.Status == BackupStatus.Failed ? Failure.Conflict("This backup failed: there is no file.")
            : !folder.Has(found.Value.FileName) ? folder.Missing(found.Value.FileName)
            : found;
    }
}
