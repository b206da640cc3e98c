using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Files;
using Republic.Core.Jobs;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Adds documents to a collection, indexes them again, and removes them.</summary>
public sealed class DocumentEditor(
    RepublicDb db,
    DocumentJobs jobs,
    DocumentFiles files,
    DocumentUpload upload,
    LiveEvents live,
    TimeProvider time
)
{
    /// <summary>Makes a document of an upload, which is this document's from then on, and begins to index it.</summary>
    public async Task<Outcome<Guid>> AddAsync(Guid owner, Guid collection, ReceivedFile received, CancellationToken ct)
    {
        var name = received.Name ?? "Document";
        var format = upload.FormatOf(received, name);
        if (!format.Ok)
        {
            return format.Failure;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await upload.Quota.LockAsync(db, owner, ct);
        if (!await db.Collections.OwnedBy(owner).AnyAsync(c => c.Id == collection, ct))
        {
            return Failure.NotFound("collection");
        }

        var same = await db
            .Documents.OwnedBy(owner)
            .Where(d => d.CollectionId == collection && d.Sha256 == received.Sha256)
            .Select(d => d.Name)
            .FirstOrDefaultAsync(ct);
        if (same is not null)
        {
            return Failure.Conflict($"This file is in the collection already, byte for byte, as “{same}”. Nothing was added.");
        }

        if (await upload.Quota.RefusalAsync(db, owner, received.Bytes, ct) is { } full)
        {
            return full;
        }

        var now = time.GetUtcNow();
        var document = new Document
        {
            Id = received.Id,
            OwnerId = owner,
            CollectionId = collection,
            Name = name,
            Format = format.Value,
            Bytes = received.Bytes,
            Sha256 = received.Sha256,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Documents.Add(document);
        var job = jobs.Add(document, new IngestOrder(Cuts: true));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        received.Keep();
        await jobs.Control.StartAsync(job);
        return document.Id;
    }

    /// <summary>Reads the file and cuts it anew.</summary>
    /// <param name="losesEdits">Whether passages that a person changed may go.</param>
    public async Task<Outcome<Guid>> IndexAgainAsync(Guid owner, Guid collection, Guid id, bool losesEdits, CancellationToken ct) =>
        await OrderAsync(owner, collection, id, _ => KeepingEditsAsync(id, new IngestOrder(Cuts: true), losesEdits, ct), ct);

    /// <summary>Does again what failed or was cancelled, just as it was asked for, and has what is held go on.</summary>
    /// <param name="losesEdits">Whether passages that a person changed may go, where that was to cut anew.</param>
    public async Task<Outcome<Guid>> RetryAsync(Guid owner, Guid collection, Guid id, bool losesEdits, CancellationToken ct)
    {
        var job = await db
            .Documents.OwnedBy(owner)
            .Where(d => d.Id == id && d.CollectionId == collection)
            .Select(d => d.JobId)
            .SingleOrDefaultAsync(ct);
        return await jobs.Control.GoOnAsync(owner, job, ct)
            ? id
            : await OrderAsync(
                owner,
                collection,
                id,
                async last =>
                    last is { Status: JobStatus.Completed }
                        ? Failure.Conflict("This document is indexed; there is nothing to try again.")
                        : await KeepingEditsAsync(id, IngestOrder.Of(last?.Input) with { Tries = 0 }, losesEdits, ct),
                ct
            );
    }

    private async Task<Outcome<IngestOrder>> KeepingEditsAsync(Guid id, IngestOrder order, bool losesEdits, CancellationToken ct) =>
        order.Cuts && !losesEdits && await db.Passages.CountAsync(p => p.DocumentId == id && p.IsEdited, ct) is var edited and > 0
            ? LostEdits.Of(edited)
            : order;

    private async Task<Outcome<Guid>> OrderAsync(
        Guid owner,
        Guid collection,
        Guid id,
        Func<Job?, Task<Outcome<IngestOrder>>> order,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await DocumentLock.TakeAsync(db, owner, id, ct) is not { } document || document.CollectionId != collection)
        {
            return Failure.NotFound("document");
        }

        var last = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == document.JobId, ct);
        if (last is { IsActive: true })
        {
            return Failure.Conflict("This document is being indexed. Wait for it, or cancel it.");
        }

        var wanted = await order(last);
        if (!wanted.Ok)
        {
            return wanted.Failure;
        }

        var job = jobs.Add(document, wanted.Value);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await jobs.Control.StartAsync(job);
        return id;
    }

    /// <summary>Ends the work on it. Passages that are there stay.</summary>
    public async Task<Outcome<Guid>> CancelAsync(Guid owner, Guid collection, Guid id, CancellationToken ct)
    {
        if (await FindAsync(owner, collection, id, ct) is not { } document)
        {
            return Failure.NotFound("document");
        }

        var cancelled = await jobs.Control.CancelAsync(owner, document.JobId, ct);
        return cancelled.Ok ? id : cancelled.Failure;
    }

    /// <summary>Gone for good: its file, its passages, and the vectors that only they had.</summary>
    public async Task<Outcome<string>> DeleteAsync(Guid owner, Guid collection, Guid id, CancellationToken ct)
    {
        if (await FindAsync(owner, collection, id, ct) is not { } document)
        {
            return Failure.NotFound("document");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var cancelled = await JobControl.CancelInAsync(db, owner, [document.JobId], why: null, ct);
        var hashes = await db.Passages.Where(p => p.DocumentId == id).Select(p => p.Hash).Distinct().ToListAsync(ct);
        // Somebody else may have deleted it since it was found.
        if (await db.Documents.Where(d => d.Id == id).ExecuteDeleteAsync(ct) == 0)
        {
            return Failure.NotFound("document");
        }

        await HeldVectors.ForgetAsync(db, owner, hashes, id, ct);
        await transaction.CommitAsync(ct);
        jobs.Control.PublishEnd(cancelled);
        files.Delete(id);
        live.Publish(owner, new LiveEvent("document.changed", id, null));
        return document.Name;
    }

    private Task<Document?> FindAsync(Guid owner, Guid collection, Guid id, CancellationToken ct) =>
        db.Documents.OwnedBy(owner).SingleOrDefaultAsync(d => d.Id == id && d.CollectionId == collection, ct);
}
