using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Knowledge.Measuring;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Asks for documents to be indexed, and for what their collection finds to be measured.</summary>
public sealed class DocumentJobs(RepublicDb db, JobControl jobs, RetrievalMeasure measure)
{
    internal JobControl Control => jobs;

    internal RetrievalMeasure Measure => measure;

    /// <summary>To be saved with the document, and started when that is saved.</summary>
    internal Job Add(Document document, IngestOrder order)
    {
        var job = jobs.Add(db, document.OwnerId, IngestWork.KindOfJob, document.Id, order.ToJson());
        document.JobId = job.Id;
        return job;
    }

    /// <inheritdoc cref="RestartInAsync"/>
    internal async Task RestartAsync(Guid owner, List<Document> documents, bool cuts, MeasureCause? cause, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var restart = await RestartInAsync(owner, documents, cuts, cause, ct);
        await transaction.CommitAsync(ct);
        await restart();
    }

    /// <summary>Cancels the jobs of documents, and adds new ones in their place.</summary>
    /// <returns>What is to be done once that is committed.</returns>
    internal async Task<Func<Task>> RestartInAsync(
        Guid owner,
        List<Document> documents,
        bool cuts,
        MeasureCause? cause,
        CancellationToken ct
    )
    {
        var before = await JobControl.CancelInAsync(db, owner, documents.ConvertAll(d => d.JobId), why: null, ct);
        // What was never cut, or not to its end, has no passages to keep; but for those that a person changed since.
        var uncut = before.Where(j => j.Status != JobStatus.Completed && IngestOrder.Of(j.Input!).Cuts).Select(j => j.Id).ToHashSet();
        var ids = documents.ConvertAll(d => d.Id);
        var edited = await db
            .Passages.Where(p => ids.Contains(p.DocumentId) && p.IsEdited)
            .Select(p => p.DocumentId)
            .Distinct()
            .ToListAsync(ct);
        uncut.ExceptWith(documents.Where(d => edited.Contains(d.Id)).Select(d => d.JobId));
        var started = documents.ConvertAll(d => Add(d, new IngestOrder(cuts || d.Revision == 0 || uncut.Contains(d.JobId), cause)));
        await db.SaveChangesAsync(ct);
        return async () =>
        {
            jobs.PublishEnd(before);
            foreach (var job in started)
            {
                await jobs.StartAsync(job);
            }
        };
    }
}
