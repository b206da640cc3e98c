using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Core.Tasks.Editing;

namespace Republic.Core.Tasks.Work;

/// <summary>Attempts at tasks that wait for the owner to decide on their tool calls. No job has them meanwhile.</summary>
internal sealed class WaitingAttempts(IDbContextFactory<RepublicDb> databases, JobControl jobs, LiveEvents live, TimeProvider time)
    : ITurnResumer
{
    /// <summary>How long an attempt may stay decided and not go on: a decision resumes it at once, unless its process dies.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Tells of an attempt that has just begun to wait. The owner may have decided before its row said so.</summary>
    public void Begin(TaskAttempt attempt)
    {
        Tell(attempt);
        _ = jobs.After.RunAsync(ct => ResumeAsync(attempt.Id, ct));
    }

    public Task<bool> ResumeAsync(ToolCall call, CancellationToken ct) =>
        call.AttemptId is { } attempt ? ResumeAsync(attempt, ct) : Task.FromResult(false);

    public async Task<int> ResumeDecidedAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var left = await db
            .TaskAttempts.Where(a => a.State == TurnState.Waiting)
            .Where(a =>
                !db.ToolCalls.Any(c =>
                    c.AttemptId == a.Id && (c.Status == ToolCallStatus.Pending || c.SettledAt > RepublicDb.Now() - Patience)
                )
            )
            .Select(a => a.Id)
            .ToListAsync(ct);
        var resumed = 0;
        foreach (var attempt in left)
        {
            resumed += await ResumeAsync(attempt, ct) ? 1 : 0;
        }

        return resumed;
    }

    public async Task<bool> EndAsync(ToolCall call, string why, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (call.AttemptId is not { } id || await FindAsync(db, id, ct) is not { } attempt)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockTasksAsync(attempt.OwnerId, ct);
        var waiting = db.TaskAttempts.Where(a => a.Id == id && a.State == TurnState.Waiting);
        if (await db.CloseTurnsAsync(waiting, TurnState.Stopped, why, ct) is not { Count: > 0 } ended)
        {
            return false;
        }

        await db.ExpireToolCallsAsync(ended, ct);
        var task = await db.Tasks.SingleAsync(t => t.Id == attempt.TaskId, ct);
        var change = new TaskChange(db, task, attempt.MinionId, time.GetUtcNow());
        change.Note(TaskActivityKind.WorkStopped, after: why);
        task.UpdatedAt = change.Now;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Tell(attempt);
        return true;
    }

    /// <summary>Goes on with an attempt in a job of its own, if it waits and none of its calls does.</summary>
    private async Task<bool> ResumeAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await FindAsync(db, id, ct) is not { } attempt)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever changes the task may end the attempt at this moment.
        await db.LockTasksAsync(attempt.OwnerId, ct);
        var job = jobs.Add(db, attempt.OwnerId, TaskSink.KindOfJob, id);
        await db.SaveChangesAsync(ct);
        var decided = db.TaskAttempts.Where(a =>
            a.Id == id && !db.ToolCalls.Any(c => c.AttemptId == a.Id && c.Status == ToolCallStatus.Pending)
        );
        if (!await decided.ResumeAsync(ct))
        {
            return false;
        }

        await transaction.CommitAsync(ct);
        await jobs.StartAsync(job);
        Tell(attempt);
        return true;
    }

    private static Task<TaskAttempt?> FindAsync(RepublicDb db, Guid id, CancellationToken ct) =>
        db.TaskAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.State == TurnState.Waiting, ct);

    /// <summary>That a task waits for its owner, or does no longer, is nothing for those with whom it is shared.</summary>
    private void Tell(TaskAttempt attempt)
    {
        live.Publish(attempt.OwnerId, new LiveEvent(TaskStarts.Working, attempt.TaskId, null));
        live.Publish(attempt.OwnerId, new LiveEvent(TaskChanges.Changed, attempt.TaskId, null));
    }
}
