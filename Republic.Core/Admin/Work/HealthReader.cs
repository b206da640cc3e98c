using Microsoft.EntityFrameworkCore;
using Republic.Core.Backups.Schedules;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Jobs;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Core.Admin.Work;

/// <summary>Reads the state of database, disk, model host, queue and backups.</summary>
public sealed class HealthReader(RepublicDb db, DiskSpace disk, HostModels host, TimeProvider time)
{
    public async Task<ServerHealth> ReadAsync(CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var asked = time.GetTimestamp();
        await db.Database.ExecuteSqlAsync($"select 1", ct);
        var took = time.GetElapsedTime(asked);
        var size = await db.Database.SqlQuery<long>($"""select pg_database_size(current_database()) as "Value" """).SingleAsync(ct);
        var waiting = db.Jobs.Where(job =>
            job.Status == JobStatus.Queued
            && job.HeldUntil == null
            && db.Users.Any(person => person.Id == job.OwnerId && person.DeactivatedAt == null)
        );
        var (free, total) = disk.Now;
        var models = await host.HealthAsync(ct);
        return new ServerHealth(
            took.TotalMilliseconds,
            size,
            free,
            total,
            !disk.Has(1),
            models.Memory is not null,
            models.Models?.Count ?? 0,
            models.Memory?.PlannedBytes ?? 0,
            models.Memory?.BudgetBytes ?? 0,
            await waiting.CountAsync(ct),
            await waiting.MinAsync(job => (DateTimeOffset?)job.CreatedAt, ct),
            await db.BackupRuns.Where(run => run.Status == BackupStatus.Completed).MaxAsync(run => (DateTimeOffset?)run.StartedAt, ct)
        );
    }
}
