using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Knowledge.Measuring;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Asks for documents to be indexed.</summary>
public sealed class DocumentJobs(RepublicDb db, JobControl jobs, TimeProvider time)
{
    internal JobControl Control => jobs;

    /// <summary>To be saved with the document, and started when that is saved.</summary>
    internal Job Add(Document document, IngestOrder order)
    {
        var job = new Job
        {
            OwnerId = document.OwnerId,
            Kind = IngestWork.KindOfJob,
            Subject = document.Id,
            Input = order.ToJson(),
            CreatedAt = time.GetUtcNow(),
        };
        document.JobId = job.Id;
        db.Jobs.Add(job);
        return job;
    }

    /// <summary>What was being done with these documents ends, and this is done with them instead.</summary>
    internal async Task RestartAsync(List<Document> documents, bool cuts, MeasureCause? cause, CancellationToken ct)
    {
        var before = documents.ConvertAll(d => d.JobId);
        var active = await db.Jobs.AsNoTracking().Where(j => before.Contains(j.Id)).ToListAsync(ct);
        foreach (var job in active.Where(j => j.IsActive))
        {
            await jobs.CancelAsync(job.OwnerId, job.Id, ct);
        }

        // What was never cut, or not to its end, has no passages to keep; but for those that a person changed since.
        var uncut = active.Where(j => j.Status != JobStatus.Completed && IngestOrder.Of(j.Input!).Cuts).Select(j => j.Id).ToHashSet();
        var ids = documents.ConvertAll(d => d.Id);
        var edited = await db
            .Passages.Where(p => ids.Contains(p.DocumentId) && p.IsEdited)
            .Select(p => p.DocumentId)
            .Distinct()
            .ToListAsync(ct);
        uncut.ExceptWith(documents.Where(d => edited.Contains(d.Id)).Select(d => d.JobId));
        var started = documents.ConvertAll(d => Add(d, new IngestOrder(cuts || d.Revision == 0 || uncut.Contains(d.JobId), cause)));
        await db.SaveChangesAsync(ct);
        foreach (var job in started)
        {
            await jobs.StartAsync(job, ct);
        }
    }
}
