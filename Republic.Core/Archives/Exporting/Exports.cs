using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Archives.Exporting;

/// <summary>Begins, lists and deletes a person's exports.</summary>
public sealed class Exports(
    RepublicDb db,
    JobControl jobs,
    ExportFiles files,
    AuditLog audit,
    IOptions<ArchiveOptions> options,
    TimeProvider time
)
{
    /// <summary>A new one takes the place of the oldest beyond these.</summary>
    public const int MostKept = 3;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Begins one; while one is being made, that is the one.</summary>
    public async Task<Outcome<ExportCard>> BeginAsync(Guid person, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await AdvisoryLocks.TakeAsync(db, person, AdvisoryLocks.Additions, ct);
        var all = await RowsAsync(person, only: null, ct);
        if (all.Find(row => row.Job is { IsActive: true }) is { } underWay)
        {
            return CardOf(underWay);
        }

        var now = time.GetUtcNow();
        if (await RefusalAsync(person, now, ct) is { } refusal)
        {
            return refusal;
        }

        var old = all.Skip(MostKept - 1).Select(row => row.Export.Id).ToList();
        await db.AccountExports.Where(e => old.Contains(e.Id)).ExecuteDeleteAsync(ct);
        var id = Guid.CreateVersion7();
        var job = jobs.Add(db, person, ExportWork.KindOfJob, id);
        var export = new AccountExport
        {
            Id = id,
            OwnerId = person,
            FileName = $"republic-{now:yyyy-MM-dd}.zip",
            JobId = job.Id,
            CreatedAt = now,
            ExpiresAt = now.AddDays(options.Value.DaysKept),
        };
        db.AccountExports.Add(export);
        await audit.CommitAsync(db, person, AuditActions.AccountExported, subject: null, ct);
        old.ForEach(files.Remove);
        await jobs.StartAsync(job);
        return CardOf(new ExportRow(export, job));
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ExportCard>> ListAsync(Guid person, CancellationToken ct) =>
        (await RowsAsync(person, only: null, ct)).ConvertAll(CardOf);

    public async Task<Outcome<ExportCard>> FindAsync(Guid person, Guid id, CancellationToken ct) =>
        await RowsAsync(person, id, ct) is [var row] ? CardOf(row) : Failure.NotFound("export");

    /// <summary>The finished file and what it is called.</summary>
    public async Task<Outcome<(string Path, string Name)>> FileAsync(Guid person, Guid id, CancellationToken ct)
    {
        var name = await db
            .AccountExports.OwnedBy(person)
            .Where(e => e.Id == id && e.Bytes != null)
            .Select(e => e.FileName)
            .SingleOrDefaultAsync(ct);
        return name is not null && File.Exists(files.PathOf(id)) ? (files.PathOf(id), name) : Failure.NotFound("export");
    }

    /// <summary>Gone with its file. One that is being made ends.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid person, Guid id, CancellationToken ct)
    {
        var job = await db.AccountExports.OwnedBy(person).Where(e => e.Id == id).Select(e => (Guid?)e.JobId).SingleOrDefaultAsync(ct);
        if (job is not { } work)
        {
            return Failure.NotFound("export");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var cancelled = await JobControl.CancelInAsync(db, person, [work], why: null, ct);
        await db.AccountExports.OwnedBy(person).Where(e => e.Id == id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        files.Remove(id);
        jobs.PublishEnd(cancelled);
        return id;
    }

    private ExportCard CardOf(ExportRow row) => ExportCard.Of(row.Export, row.Job, File.Exists(files.PathOf(row.Export.Id)));

    private async Task<Failure?> RefusalAsync(Guid person, DateTimeOffset now, CancellationToken ct)
    {
        // Jobs stay when their export is deleted, and so count.
        var begun = db.Jobs.OwnedBy(person).Where(j => j.Kind == ExportWork.KindOfJob && j.CreatedAt > now - Day);
        return await begun.CountAsync(ct) < options.Value.ExportsADay
            ? null
            : Failure.TooMany(
                $"You made {options.Value.ExportsADay} exports within a day, as many as there may be. Try again tomorrow."
            ) with
            {
                RetryAfter = Day,
            };
    }

    private async Task<List<ExportRow>> RowsAsync(Guid person, Guid? only, CancellationToken ct) =>
        await db
            .AccountExports.AsNoTracking()
            .OwnedBy(person)
            .Where(e => only == null || e.Id == only)
            .OrderByDescending(e => e.Id)
            .LeftJoin(db.Jobs, e => e.JobId, job => job.Id, (e, job) => new ExportRow(e, job))
            .ToListAsync(ct);

    private sealed record ExportRow(AccountExport Export, Job? Job);
}
