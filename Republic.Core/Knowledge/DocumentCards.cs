using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Knowledge;

/// <summary>Reads the documents of a collection.</summary>
public sealed class DocumentCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    /// <summary>Newest first. <paramref name="before"/> is the last of the page before this one.</summary>
    public async Task<Outcome<IReadOnlyList<DocumentCard>>> ListAsync(
        Guid owner,
        Guid collection,
        int limit,
        Guid? before,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Collections.OwnedBy(owner).AnyAsync(c => c.Id == collection, ct))
        {
            return Failure.NotFound("collection");
        }

        var documents = db.Documents.OwnedBy(owner).Where(d => d.CollectionId == collection);
        if (before is { } last)
        {
            documents = documents.Where(d => d.Id < last);
        }

        var page = documents.OrderByDescending(d => d.Id).Take(Math.Clamp(limit, 1, MaxPage + 1));
        return Outcome<IReadOnlyList<DocumentCard>>.Of(await CardsAsync(db, page, ct));
    }

    public async Task<Outcome<DocumentCard>> FindAsync(Guid owner, Guid collection, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var cards = await CardsAsync(db, db.Documents.OwnedBy(owner).Where(d => d.Id == id && d.CollectionId == collection), ct);
        return cards is [var card] ? card : Failure.NotFound("document");
    }

    private static async Task<List<DocumentCard>> CardsAsync(RepublicDb db, IQueryable<Document> documents, CancellationToken ct)
    {
        var rows = await (
            from d in documents
            from job in db.Jobs.Where(j => j.Id == d.JobId).DefaultIfEmpty()
            select new
            {
                Document = d,
                Job = job,
                Edited = db.Passages.Count(p => p.DocumentId == d.Id && p.IsEdited),
            }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        return rows.ConvertAll(row => Card(row.Document, row.Job, row.Edited));
    }

    private static DocumentCard Card(Document document, Job? job, int edited)
    {
        var isActive = job is { IsActive: true };
        return new DocumentCard
        {
            Id = document.Id,
            CollectionId = document.CollectionId,
            Name = document.Name,
            Format = document.Format,
            Status =
                isActive ? DocumentStatus.Processing
                : job is { Status: JobStatus.Completed } ? DocumentStatus.Ready
                : DocumentStatus.Failed,
            Progress = isActive ? job!.Progress : 1,
            Phase = isActive ? job!.Phase : null,
            EtaSeconds = job?.Remaining?.TotalSeconds,
            HeldUntil = job?.HeldUntil,
            Error = job switch
            {
                { Status: JobStatus.Cancelled, Error: { } why } => why,
                null or { Status: JobStatus.Cancelled } => "It was cancelled before it was indexed. Start it again, or delete it.",
                { IsActive: false, Status: not JobStatus.Completed } => job.Error,
                _ => null,
            },
            IsCancelled = job is null or { Status: JobStatus.Cancelled },
            Bytes = document.Bytes,
            Sha256 = document.Sha256,
            Language = document.Language,
            Pages = document.Pages,
            Characters = document.Characters,
            PassageCount = document.PassageCount,
            EditedPassages = edited,
            Revision = document.Revision,
            CreatedAt = document.CreatedAt,
            UpdatedAt = document.UpdatedAt,
        };
    }
}
