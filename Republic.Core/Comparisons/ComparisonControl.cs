using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Jobs;

namespace Republic.Core.Comparisons;

/// <summary>Stops the answers of a comparison, and asks for one again.</summary>
public sealed class ComparisonControl(RepublicDb db, JobControl jobs, AuditLog audit, LiveEvents live) : IJobStopper
{
    public const string Stopped = "You stopped it.";

    string IJobStopper.Kind => ComparisonWork.KindOfJob;

    /// <summary>Stops the answers that are not over, and keeps the text that has come.</summary>
    public Task<Outcome<Guid>> StopAsync(Guid owner, Guid id, CancellationToken ct) => StopAsync(owner, id, by: null, ct);

    async Task<Failure?> IJobStopper.StopAsync(Guid owner, Guid subject, JobStop stop, CancellationToken ct) =>
        (await StopAsync(owner, subject, stop, ct)).Failure;

    private async Task<Outcome<Guid>> StopAsync(Guid owner, Guid id, JobStop? by, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var cancelled = await db.CancelComparisonAsync(owner, id, ct);
        if (await db.LockedComparisonAsync(owner, id, ct) is not { } comparison)
        {
            return Failure.NotFound("comparison");
        }

        var answers = db.ComparisonAnswers.Where(a => a.ComparisonId == comparison.Id);
        await db.CloseTurnsAsync(answers, TurnState.Stopped, by?.Why ?? Stopped, ct);
        await audit.CommitAsync(db, by?.By, by is null ? null : AuditActions.JobStopped, by?.Subject, ct);
        jobs.PublishEnd(cancelled);
        live.Publish(owner, new LiveEvent(ComparisonWork.Changed, id, null));
        return id;
    }

    /// <summary>Asks again for an answer that failed, or that the job did not come to.</summary>
    public async Task<Outcome<Guid>> RetryAsync(Guid owner, Guid id, int position, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockedComparisonAsync(owner, id, ct) is not { } comparison)
        {
            return Failure.NotFound("comparison");
        }

        if (comparison.Answers.Find(answer => answer.Position == position) is not { } again)
        {
            return Failure.NotFound("answer");
        }

        if (comparison.VotedAt is not null)
        {
            return Failure.Conflict("You have voted on these answers. Make a new comparison to ask again.");
        }

        if (await db.Jobs.ActiveOf(owner, id).AnyAsync(ct))
        {
            return Failure.Conflict("Other answers are under way. Wait for them, or stop them first.");
        }

        if (again.State == TurnState.Complete)
        {
            return Failure.Conflict("This answer is there. Only one that failed can be asked for again.");
        }

        again.Restart();
        await db.DeletePiecesAsync<ComparisonAnswer>(again.Id, ct);
        var job = jobs.Add(db, owner, ComparisonWork.KindOfJob, id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await jobs.StartAsync(job);
        return id;
    }
}
