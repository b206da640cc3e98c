using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Knowledge.Measuring;
using Republic.Core.Knowledge.Reading;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Saves what the work on a document made, in one transaction with the end of its job, and asks for quality to be measured anew.</summary>
internal sealed class PassageStore(RetrievalMeasure measure, TimeProvider time)
{
    /// <summary>Puts these passages into the place of those that there were.</summary>
    /// <param name="cause">Why quality is measured anew; null where its vectors are still to come.</param>
    public async Task SaveAsync(
        RepublicDb db,
        Document document,
        ReadDocument read,
        List<Passage> passages,
        MeasureCause? cause,
        CancellationToken ct
    )
    {
        if (await DocumentLock.TakeAsync(db, document.OwnerId, document.Id, ct) is not { } row)
        {
            // Deleted meanwhile, and its passages with it.
            return;
        }

        var before = await db.Passages.Where(p => p.DocumentId == row.Id).Select(p => p.Hash).Distinct().ToListAsync(ct);
        await db.Passages.Where(p => p.DocumentId == row.Id).ExecuteDeleteAsync(ct);
        await db.DocumentTexts.Where(t => t.DocumentId == row.Id).ExecuteDeleteAsync(ct);
        db.DocumentTexts.Add(new DocumentText { DocumentId = row.Id, Text = read.Text });
        (row.Language, row.Pages, row.Characters) = (read.Language, read.Pages, read.Text.Length);
        row.PassageCount = passages.Count;
        row.Revision++;
        row.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await PassageWriter.AddAsync(db, passages, ct);
        await HeldVectors.ForgetAsync(db, row.OwnerId, before, row.Id, ct);
        if (cause is not null)
        {
            await measure.OrderAsync(db, row.OwnerId, row.CollectionId, cause, ct);
        }
    }

    /// <summary>Says that the passages have new vectors, which are kept already by the hash of their text.</summary>
    public async Task SaveVectorsAsync(RepublicDb db, Document document, MeasureCause cause, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await db
            .Documents.Where(d => d.Id == document.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Revision, d => d.Revision + 1).SetProperty(d => d.UpdatedAt, now), ct);
        await measure.OrderAsync(db, document.OwnerId, document.CollectionId, cause, ct);
    }
}
