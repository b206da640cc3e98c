using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Backups.Schedules;

/// <summary>Reads backups and their schedule: for superusers.</summary>
public sealed class BackupReader(RepublicDb db, BackupFolder folder, TimeProvider time)
{
    private const int Most = 200;

    public async Task<BackupOverview> ReadAsync(CancellationToken ct)
    {
        var cards = await CardsAsync(db.BackupRuns.OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(Most), ct);
        var last = cards.Find(one => one is { Status: BackupStatus.Completed, HasFile: true });
        return new BackupOverview(cards, await BackupSchedule.ReadAsync(db, ct), last, time.GetUtcNow() - last?.StartedAt);
    }

    public async Task<Outcome<BackupCard>> FindAsync(Guid id, CancellationToken ct) =>
        await CardsAsync(db.BackupRuns.Where(r => r.Id == id), ct) is [var card] ? card : Failure.NotFound("backup");

    private async Task<List<BackupCard>> CardsAsync(IQueryable<BackupRun> runs, CancellationToken ct)
    {
        var rows = await runs.AsNoTracking().ToListAsync(ct);
        var ids = rows.ConvertAll(run => run.Id);
        var work = await db
            .Jobs.AsNoTracking()
            .Where(j => ids.Contains(j.Subject) && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running))
            .ToListAsync(ct);
        return rows.ConvertAll(run => CardOf(run, work.Find(job => job.Subject == run.Id)));
    }

    private BackupCard CardOf(BackupRun run, Job? work) =>
        new(
            run.Id,
            run.FileName,
            run.Status,
            run.Bytes,
            run.StartedAt,
            run.FinishedAt,
            run.CheckedAt,
            run.Error,
            run.Status is BackupStatus.Completed or BackupStatus.Unreadable && folder.Has(run.FileName)
        )
        {
            Progress = work?.Progress,
            Phase = work?.Phase,
        };
}
