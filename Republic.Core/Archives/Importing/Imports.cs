using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Jobs;

namespace Republic.Core.Archives.Importing;

/// <summary>Begins, lists and deletes a person's imports.</summary>
public sealed class Imports(
    RepublicDb db,
    JobControl jobs,
    ImportUpload upload,
    AuditLog audit,
    IOptions<ArchiveOptions> options,
    TimeProvider time
)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Takes over an archive that was received, and has it checked.</summary>
    /// <param name="selection">What of it is added at once; null leaves that to be chosen.</param>
    public async Task<Outcome<ImportCard>> BeginAsync(Guid person, ReceivedFile file, ImportSelection? selection, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await upload.Quota.LockAsync(db, person, ct);
        var now = time.GetUtcNow();
        if ((await upload.Quota.RefusalAsync(db, person, file.Bytes, ct) ?? await RefusalAsync(person, now, ct)) is { } refusal)
        {
            return refusal;
        }

        var job = jobs.Add(db, person, ImportWork.KindOfJob, file.Id);
        var import = new AccountImport
        {
            Id = file.Id,
            OwnerId = person,
            FileName = file.Name ?? "archive.zip",
            Bytes = file.Bytes,
            Selection = selection,
            JobId = job.Id,
            CreatedAt = now,
            ExpiresAt = now.AddDays(options.Value.DaysKept),
        };
        db.AccountImports.Add(import);
        await audit.CommitAsync(db, person, AuditActions.AccountImported, import.FileName, ct);
        file.Keep();
        await jobs.StartAsync(job);
        return ImportCard.Of(import, job);
    }

    /// <summary>Adds what was chosen of an archive that is checked; also what an import that failed has left.</summary>
    public async Task<Outcome<ImportCard>> ChooseAsync(Guid person, Guid id, ImportSelection selection, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await upload.Quota.LockAsync(db, person, ct);
        var import = await db.AccountImports.OwnedBy(person).SingleOrDefaultAsync(i => i.Id == id, ct);
        if (import is null)
        {
            return Failure.NotFound("import");
        }

        var last = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == import.JobId, ct);
        if (last is { IsActive: true } || import is { Contents: null } or { Progress.IsDone: true })
        {
            return Failure.Conflict("Nothing of this archive waits to be chosen. Upload it again to import more of it.");
        }

        var job = jobs.Add(db, person, ImportWork.KindOfJob, id);
        (import.Selection, import.JobId) = (import.Selection ?? selection, job.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await jobs.StartAsync(job);
        return ImportCard.Of(import, job);
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ImportCard>> ListAsync(Guid person, CancellationToken ct) =>
        (await RowsAsync(person, only: null, ct)).ConvertAll(row => ImportCard.Of(row.Import, row.Job));

    public async Task<Outcome<ImportCard>> FindAsync(Guid person, Guid id, CancellationToken ct) =>
        await RowsAsync(person, id, ct) is [var row] ? ImportCard.Of(row.Import, row.Job) : Failure.NotFound("import");

    /// <summary>Ends it. What was added stays.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid person, Guid id, CancellationToken ct)
    {
        var job = await db.AccountImports.OwnedBy(person).Where(i => i.Id == id).Select(i => (Guid?)i.JobId).SingleOrDefaultAsync(ct);
        if (job is not { } work)
        {
            return Failure.NotFound("import");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var cancelled = await JobControl.CancelInAsync(db, person, [work], why: null, ct);
        await db.AccountImports.OwnedBy(person).Where(i => i.Id == id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        upload.Delete(id);
        jobs.PublishEnd(cancelled);
        return id;
    }

    private async Task<Failure?> RefusalAsync(Guid person, DateTimeOffset now, CancellationToken ct)
    {
        // Jobs stay when their import is deleted, and so count; an import may have had two.
        var begun = db.Jobs.OwnedBy(person).Where(j => j.Kind == ImportWork.KindOfJob && j.CreatedAt > now - Day);
        return await begun.Select(j => j.Subject).Distinct().CountAsync(ct) < options.Value.ImportsADay
            ? null
            : Failure.TooMany(
                $"You imported {options.Value.ImportsADay} archives within a day, as many as there may be. Try again tomorrow."
            ) with
            {
                RetryAfter = Day,
            };
    }

    private async Task<List<ImportRow>> RowsAsync(Guid person, Guid? only, CancellationToken ct) =>
        await db
            .AccountImports.AsNoTracking()
            .OwnedBy(person)
            .Where(i => only == null || i.Id == only)
            .OrderByDescending(i => i.Id)
            .LeftJoin(db.Jobs, i => i.JobId, job => job.Id, (i, job) => new ImportRow(i, job))
            .ToListAsync(ct);

    private sealed record ImportRow(AccountImport Import, Job? Job);
}
