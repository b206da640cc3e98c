using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Training.Runs;

/// <summary>Starts runs, goes on with those that stopped, and stops them.</summary>
public sealed class TrainingControl(RepublicDb db, JobControl jobs, StartChecks checks, IOptions<TrainingOptions> options, AuditLog audit)
{
    /// <summary>One that waits or works already is left alone: pressing twice starts it once. One that is held goes on.</summary>
    public Task<Outcome<Guid>> StartAsync(Guid owner, Guid id, CancellationToken ct) => StartAsync(owner, id, Guid.CreateVersion7(), ct);

    /// <param name="known">The id that the job gets which does the work: starting twice with it is one start.</param>
    internal Task<Outcome<Guid>> StartAsync(Guid owner, Guid id, Guid known, CancellationToken ct) =>
        StartAsync(owner, id, known, chats: null, ct);

    /// <param name="chats">What it learns from, in the audit log, which has an entry of its first start; null where that is no chat.</param>
    internal Task<Outcome<Guid>> StartAsync(Guid owner, Guid id, string chats, CancellationToken ct) =>
        StartAsync(owner, id, Guid.CreateVersion7(), chats, ct);

    private async Task<Outcome<Guid>> StartAsync(Guid owner, Guid id, Guid known, string? chats, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await TakeTurnAsync(db, owner, ct);
        if (await db.TrainingJobs.OwnedBy(owner).SingleOrDefaultAsync(j => j.Id == id, ct) is not { } job)
        {
            return Failure.NotFound("training job");
        }

        if (job.Report is not null)
        {
            return Failure.Conflict("This run is done. Make a new one to train again.");
        }

        var active = await db
            .TrainingJobs.UnderWay(db, owner)
            .Select(j => new
            {
                j.Id,
                j.MinionId,
                j.Name,
            })
            .ToListAsync(ct);
        if (active.Exists(other => other.Id == id))
        {
            await transaction.CommitAsync(ct);
            await jobs.GoOnAsync(owner, job.WorkId!.Value, ct);
            return id;
        }

        if (active.Find(other => other.MinionId == job.MinionId) is { } rival)
        {
            return Failure.Conflict($"The same minion is in the run “{rival.Name}” just now. Wait until that is done, or stop it.");
        }

        if (active.Count >= options.Value.PerPerson)
        {
            return Failure.TooMany($"{active.Count} of your runs wait or work already, as many as are allowed. Wait for one, or stop it.");
        }

        if (await checks.ProblemAsync(job, ct) is { } problem)
        {
            return Failure.Conflict(problem);
        }

        var action = chats is not null && job.WorkId is null ? AuditActions.TrainedFromChats : null;
        var work = jobs.Add(db, owner, TrainingWork.KindOfJob, id, known: known);
        // Starts are counted over all of the run: places of files are named after them, and what one left the next goes on with.
        work.Epoch = await db.Jobs.Where(j => j.Id == job.WorkId).Select(j => j.Epoch).SingleOrDefaultAsync(ct);
        (job.WorkId, job.UpdatedAt) = (work.Id, work.CreatedAt);
        await audit.CommitAsync(db, owner, action, chats, ct);
        await jobs.StartAsync(work);
        return id;
    }

    /// <summary>Why a run that stands still may not learn from its datasets any more, in words; null where it may.</summary>
    public async Task<string?> ObstacleAsync(Guid owner, Guid id, CancellationToken ct) =>
        await db.TrainingJobs.AsNoTracking().OwnedBy(owner).SingleOrDefaultAsync(j => j.Id == id, ct) is { } job
            ? await checks.TakenBackAsync(job, ct)
            : null;

    /// <summary>
    /// Starts of one person take turns until the transaction ends, so that neither the quota nor the one run per minion can be passed by two at
    /// once, and nothing is learned from what is taken back meanwhile.
    /// </summary>
    internal static Task TakeTurnAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        AdvisoryLocks.TakeAsync(db, owner, AdvisoryLocks.TrainingControl, ct);

    /// <summary>What was done stays, and starting it again goes on from there. One that is over is left as it ended.</summary>
    public async Task<Outcome<Guid>> StopAsync(Guid owner, Guid id, CancellationToken ct)
    {
        var job = await db.TrainingJobs.OwnedBy(owner).AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, ct);
        if (job is null)
        {
            return Failure.NotFound("training job");
        }

        if (job.WorkId is not { } work)
        {
            return Failure.Conflict("This run has not been started, so there is nothing to stop.");
        }

        var stopped = await jobs.CancelAsync(owner, work, ct);
        return stopped.Ok ? id : stopped.Failure;
    }
}
