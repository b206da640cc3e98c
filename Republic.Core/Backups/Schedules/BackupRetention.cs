using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Audit;
using Republic.Core.Data;

namespace Republic.Core.Backups.Schedules;

/// <summary>Removes the oldest backups beyond the number kept.</summary>
internal sealed class BackupRetention(
    IDbContextFactory<RepublicDb> databases,
    BackupFolder folder,
    AuditLog audit,
    ILogger<BackupRetention> log
)
{
    /// <param name="made">The backup that was just made, which stays whatever the clock said before.</param>
    public async Task TrimAsync(BackupRun made, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var others = (await BackupSchedule.ReadAsync(db, ct)).Keep - 1;
        var good = await db
            .BackupRuns.AsNoTracking()
            .Where(r => r.Status == BackupStatus.Completed && r.Id != made.Id)
            .OrderByDescending(r => r.StartedAt)
            .ThenByDescending(r => r.Id)
            .ToListAsync(ct);
        // One whose file is not here, as on a disk that is not mounted, does not count, and stays.
        var here = good.Where(r => folder.Has(r.FileName)).ToList();
        foreach (var old in here.Skip(others))
        {
            await RemoveAsync(db, old, ct);
        }

        await RemoveUnfinishedAsync(db, ct);
        var oldest = here.Take(others).Append(made).Min(r => r.StartedAt);
        await db.BackupRuns.Where(r => r.Status == BackupStatus.Failed && r.StartedAt < oldest).ExecuteDeleteAsync(ct);
    }

    private async Task RemoveUnfinishedAsync(RepublicDb db, CancellationToken ct)
    {
        foreach (var name in await db.BackupRuns.Where(r => r.Status == BackupStatus.Failed).Select(r => r.FileName).ToListAsync(ct))
        {
            try
            {
                folder.DeleteUnfinished(name);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                log.LogWarning("What was written of the backup {File} stays: {Reason}", name, error.Message);
            }
        }
    }

    /// <summary>The file goes before the commit: nobody would ever remove a file that no row knows.</summary>
    private async Task RemoveAsync(RepublicDb db, BackupRun old, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.BackupRuns.Where(r => r.Id == old.Id).ExecuteDeleteAsync(ct) == 0)
        {
            return;
        }

        try
        {
            folder.Delete(old.FileName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("The old backup {File} stays until the next one is made: {Reason}", old.FileName, error.Message);
            return;
        }

        await audit.CommitAsync(db, person: null, AuditActions.BackupRemoved, old.FileName, ct);
    }
}
