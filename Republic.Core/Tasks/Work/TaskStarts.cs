using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Core.Tasks.Editing;
using Republic.Core.Tasks.Sharing;

namespace Republic.Core.Tasks.Work;

/// <summary>
/// Begins and stops a minion's work on a task, within the change that is the reason. As long as an attempt is active its task is in progress
/// and assigned to its minion: every change of a task ends by looking for that.
/// </summary>
public sealed class TaskStarts(TaskSteps steps, JobControl jobs, LiveEvents live, IOptions<TaskOptions> options)
{
    /// <summary>The live event of a task whose minion is at work, each time that there is more to see.</summary>
    public const string Working = "task.work";

    private const string StoppedByPerson = "You stopped it.";

    /// <returns>Why it may not begin, for people; null where it does.</returns>
    internal async Task<Failure?> BeginAsync(TaskChange change, CancellationToken ct)
    {
        var (db, task) = (change.Db, change.Task);
        // What follows asks the database, which is to know of what was changed so far.
        await db.SaveChangesAsync(ct);
        await EndMisplacedAsync(change, ct);
        if (await TaskStartRules.RefusalAsync(change, options.Value, ct) is { } refusal)
        {
            return refusal;
        }

        var minion = change with { Actor = task.AssignedTo!.Value };
        if (
            task.Status != WorkTaskStatus.InProgress
            && await steps.MoveAsync(minion, new TaskMove(WorkTaskStatus.InProgress), ct) is { } failure
        )
        {
            return failure;
        }

        var attempt = new TaskAttempt
        {
            OwnerId = task.OwnerId,
            TaskId = task.Id,
            MinionId = minion.Actor,
            Round = task.Round,
            CreatedAt = change.Now,
            UpdatedAt = change.Now,
            State = TurnState.Pending,
        };
        db.TaskAttempts.Add(attempt);
        var job = jobs.Add(db, task.OwnerId, TaskSink.KindOfJob, attempt.Id);
        minion.Note(TaskActivityKind.WorkBegun, after: task.Round > 1 ? $"Round {task.Round}" : null);
        task.UpdatedAt = change.Now;
        change.AfterCommit.Add(_ => jobs.StartAsync(job));
        PublishAfterCommit(change);
        return null;
    }

    /// <summary>Where a minion is to do it, it begins, or the history of the task says why it does not.</summary>
    internal async Task BeginByItselfAsync(TaskChange change, CancellationToken ct)
    {
        var (owner, citizen) = (change.Task.OwnerId, change.Task.AssignedTo);
        if (!await change.Db.Minions.OwnedBy(owner).AnyAsync(m => m.Id == citizen, ct))
        {
            return;
        }

        if (await BeginAsync(change, ct) is { } refusal)
        {
            change.Note(TaskActivityKind.WorkRefused, after: refusal.Message);
            PublishAfterCommit(change);
        }
    }

    /// <summary>Goes on with what the minion asked about.</summary>
    internal async Task BeginAnsweredAsync(TaskChange change, CancellationToken ct)
    {
        if (
            change.Task.Status == WorkTaskStatus.InProgress
            && await LastAsync(change, ct) is { State: TurnState.Complete, IsQuestion: true }
        )
        {
            await BeginByItselfAsync(change, ct);
        }
    }

    /// <summary>Begins what waited for this task, which is done now, and for nothing else.</summary>
    internal async Task BeginDependentsAsync(TaskChange change, CancellationToken ct)
    {
        var (db, done) = (change.Db, change.Task);
        await db.SaveChangesAsync(ct);
        var dependents = await db
            .Tasks.OwnedBy(done.OwnerId)
            .Where(t => t.AssignedTo != null && t.Dependencies.Any(d => d.DependsOnId == done.Id))
            .OrderBy(t => t.Number)
            .ToListAsync(ct);
        foreach (var dependent in dependents)
        {
            await BeginUnblockedAsync(change with { Task = dependent }, ct);
        }
    }

    /// <summary>Begins a task that waits for nothing any more, unless its minion has tried since it was given to it, or sent back.</summary>
    internal async Task BeginUnblockedAsync(TaskChange change, CancellationToken ct)
    {
        var task = change.Task;
        await change.Db.SaveChangesAsync(ct);
        if (task.Status is not (WorkTaskStatus.Todo or WorkTaskStatus.InProgress) || await change.Db.BlockersOf(task.Id).AnyAsync(ct))
        {
            return;
        }

        var last = await LastAsync(change, ct);
        if (
            last is null
            || last is { State: TurnState.Complete, IsQuestion: true }
            || last.Round < task.Round
            || last.MinionId != task.AssignedTo
        )
        {
            await BeginByItselfAsync(change, ct);
        }
    }

    /// <summary>Stops the work, and keeps what has come.</summary>
    /// <returns>A failure where no minion is at work.</returns>
    internal Task<Failure?> StopAsync(TaskChange change, CancellationToken ct) => StopAsync(change, StoppedByPerson, ct);

    /// <inheritdoc cref="StopAsync(TaskChange, CancellationToken)"/>
    /// <param name="why">For people.</param>
    internal async Task<Failure?> StopAsync(TaskChange change, string why, CancellationToken ct)
    {
        await EndMisplacedAsync(change, ct);
        if (await ActiveAsync(change, ct) is not { } attempt)
        {
            return Failure.Conflict("No minion is at work on it.");
        }

        await EndAsync(change, attempt, TurnState.Stopped, why, ct);
        return null;
    }

    /// <summary>Ends an attempt whose task is not its minion's to work on any more, or whose job ended without it.</summary>
    internal async Task EndMisplacedAsync(TaskChange change, CancellationToken ct)
    {
        if (await ActiveAsync(change, ct) is not { } attempt)
        {
            return;
        }

        var task = change.Task;
        if (task.AssignedTo != attempt.MinionId)
        {
            await EndAsync(change, attempt, TurnState.Stopped, "It was given to somebody else.", ct);
        }
        else if (task.Status != WorkTaskStatus.InProgress)
        {
            await EndAsync(change, attempt, TurnState.Stopped, $"The task was moved to “{TaskWords.Of(task.Status)}”.", ct);
        }
        else if (attempt.State != TurnState.Waiting && await JobAsync(change.Db, attempt, ct) is null)
        {
            await EndAsync(change, attempt, TurnState.Failed, TurnCancellation.Interrupted, ct);
        }
    }

    private async Task EndAsync(TaskChange change, TaskAttempt attempt, TurnState state, string why, CancellationToken ct)
    {
        // Before the attempt is saved: what its job writes holds the job first, then the attempt.
        if (await JobAsync(change.Db, attempt, ct) is { } job)
        {
            var cancelled = await JobControl.CancelInAsync(change.Db, attempt.OwnerId, [job], why: null, ct);
            change.AfterCommit.Add(_ =>
            {
                jobs.PublishEnd(cancelled);
                return Task.CompletedTask;
            });
        }

        await change.Db.CloseTurnsAsync(change.Db.TaskAttempts.Where(a => a.Id == attempt.Id), state, why, ct);
        await change.Db.ExpireToolCallsAsync([attempt.Id], ct);
        change.Note(state == TurnState.Failed ? TaskActivityKind.WorkFailed : TaskActivityKind.WorkStopped, after: why);
        PublishAfterCommit(change);
    }

    /// <summary>The attempt that is active as far as the database knows, or waits for its owner to decide on a tool call.</summary>
    private static Task<TaskAttempt?> ActiveAsync(TaskChange change, CancellationToken ct)
    {
        var task = change.Task.Id;
        return change.Db.TaskAttempts.AsNoTracking().Unfinished().SingleOrDefaultAsync(a => a.TaskId == task, ct);
    }

    private static Task<TaskAttempt?> LastAsync(TaskChange change, CancellationToken ct)
    {
        var task = change.Task.Id;
        return change.Db.TaskAttempts.AsNoTracking().Where(a => a.TaskId == task).OrderByDescending(a => a.Id).FirstOrDefaultAsync(ct);
    }

    private static Task<Guid?> JobAsync(RepublicDb db, TaskAttempt attempt, CancellationToken ct) =>
        db
            .Jobs.OwnedBy(attempt.OwnerId)
            .Where(j =>
                j.Kind == TaskSink.KindOfJob && j.Subject == attempt.Id && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running)
            )
            .Select(j => (Guid?)j.Id)
            .FirstOrDefaultAsync(ct);

    private void PublishAfterCommit(TaskChange change)
    {
        if (!change.PublishedAfterCommit.Add(change.Task.Id))
        {
            return;
        }

        change.AfterCommit.Add(async end =>
        {
            foreach (var person in await change.Db.TaskAudienceAsync(change.Task.OwnerId, [change.Task.RootId], end))
            {
                live.Publish(person, new LiveEvent(TaskChanges.Changed, change.Task.Id, null));
            }
        });
    }
}
