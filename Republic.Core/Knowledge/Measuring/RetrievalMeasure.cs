using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>Asks for a round through the golden questions. It is made in the background, and several changes at once share one.</summary>
public sealed class RetrievalMeasure(IDbContextFactory<RepublicDb> databases, JobControl jobs, AfterCommit after)
{
    /// <summary>After a change of passages or questions that is saved, which stays even where this fails.</summary>
    internal Task AfterChangeAsync(Guid owner, Guid collection, MeasureCause cause) =>
        after.RunAsync(end => StartAsync(owner, collection, cause, end));

    /// <summary>Does nothing where there are no golden questions.</summary>
    internal async Task StartAsync(Guid owner, Guid collection, MeasureCause cause, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await OrderAsync(db, owner, collection, cause, ct) is { } job)
        {
            await jobs.StartAsync(job);
        }
    }

    /// <summary>The same within a transaction of the caller's; once that is committed, the next sweep for jobs finds it.</summary>
    internal async Task<Job?> OrderAsync(RepublicDb db, Guid owner, Guid collection, MeasureCause cause, CancellationToken ct)
    {
        if (!await db.GoldenQuestions.OwnedBy(owner).AnyAsync(q => q.CollectionId == collection, ct))
        {
            return null;
        }

        // One that has not begun will see this change too.
        if (await MeasureWork.JoinAsync(db, owner, collection, cause, ct))
        {
            return null;
        }

        var job = jobs.Add(db, owner, MeasureWork.KindOfJob, collection, MeasureWork.OrderOf(cause));
        await db.SaveChangesAsync(ct);
        return job;
    }

    /// <summary>Because a person asks for it. A round that is held goes on.</summary>
    public async Task<Outcome<Guid>> NowAsync(Guid owner, Guid collection, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Collections.OwnedBy(owner).AnyAsync(c => c.Id == collection, ct))
        {
            return Failure.NotFound("collection");
        }

        if (!await db.GoldenQuestions.OwnedBy(owner).AnyAsync(q => q.CollectionId == collection, ct))
        {
            return Failure.Conflict("There are no questions to measure with yet. Write some, or have a minion draft them.");
        }

        await StartAsync(owner, collection, MeasureCause.Again(collection), ct);
        var held = await db
            .Jobs.OwnedBy(owner)
            .Where(j => j.Kind == MeasureWork.KindOfJob && j.Subject == collection && j.HeldUntil != null)
            .Select(j => j.Id)
            .ToListAsync(ct);
        foreach (var job in held)
        {
            await jobs.GoOnAsync(owner, job, ct);
        }

        return collection;
    }
}
