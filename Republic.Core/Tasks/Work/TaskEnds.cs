using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Jobs;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Editing;
using Republic.Core.Tasks.Sharing;

namespace Republic.Core.Tasks.Work;

/// <summary>The ends of an attempt. Comment, move, attempt and job are saved in one transaction, or none of them is.</summary>
internal sealed class TaskEnds(TaskSteps steps, LiveEvents live, TimeProvider time)
{
    /// <summary>The live event of a task whose minion came to an end; whoever is told looks up how.</summary>
    public const string Ended = "task.ended";

    /// <summary>Nothing is left to do: it was stopped before.</summary>
    public static JobResult Nothing { get; } = new((_, _) => Task.CompletedTask, () => { });

    /// <summary>A result, a question or a failure, as the receipt and the text say.</summary>
    public JobResult Of(TaskAttempt attempt, AnswerReceipt receipt, string text)
    {
        IReadOnlyList<Guid> audience = [];
        return new(
            async (db, ct) =>
            {
                await SaveAsync(db, attempt, receipt, text, ct);
                var root = await db.Tasks.Where(t => t.Id == attempt.TaskId).Select(t => t.RootId).SingleOrDefaultAsync(ct);
                audience = await db.TaskAudienceAsync(attempt.OwnerId, [root], ct);
            },
            () => { }
        )
        {
            // As whoever changes a task does, who may cancel this job.
            Lock = (db, ct) => db.LockTasksAsync(attempt.OwnerId, ct),
            Saved = () => Tell(attempt, audience),
        };
    }

    /// <summary>An earlier start of the job asked the minion, and died: what it had saved is kept.</summary>
    public JobResult Interrupted(TaskAttempt attempt) =>
        Of(
            attempt,
            new AnswerReceipt(AnswerEnd.Interrupted, TaskStarts.Interrupted)
            {
                Provider = attempt.Provider,
                Model = attempt.Model,
                PromptTokens = attempt.PromptTokens,
                CompletionTokens = attempt.CompletionTokens,
                Cost = attempt.Cost,
                Route = attempt.Route,
                Trace = attempt.Trace,
            },
            attempt.Text
        );

    private async Task SaveAsync(RepublicDb db, TaskAttempt begun, AnswerReceipt receipt, string text, CancellationToken ct)
    {
        var attempt = await db.TaskAttempts.SingleOrDefaultAsync(
            a => a.Id == begun.Id && (a.State == TaskAttemptState.Working || a.State == TaskAttemptState.Pending),
            ct
        );
        if (attempt is null)
        {
            return;
        }

        var task = await db.Tasks.SingleAsync(t => t.Id == attempt.TaskId, ct);
        var change = new TaskChange(db, task, attempt.MinionId, time.GetUtcNow());
        TaskAttemptStore.Fill(attempt, receipt);
        (attempt.Text, attempt.Phase, attempt.EndedAt) = (text, null, change.Now);
        task.UpdatedAt = change.Now;
        if (receipt.End == AnswerEnd.Complete)
        {
            await AnswerAsync(change, attempt, ct);
        }
        else
        {
            Fail(change, attempt, receipt.End, receipt.Error);
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task AnswerAsync(TaskChange change, TaskAttempt attempt, CancellationToken ct)
    {
        var answer = TaskAnswer.Of(attempt.Text);
        if (answer.IsNeed)
        {
            attempt.State = TaskAttemptState.Waiting;
            attempt.CommentId = Comment(change, answer.Text, TaskCommentKind.Blocked);
            change.Note(TaskActivityKind.WorkWaiting);
            return;
        }

        if (await steps.MoveAsync(change, new TaskMove(WorkTaskStatus.Review), ct) is { } failure)
        {
            Fail(change, attempt, AnswerEnd.Failed, failure.Message);
            return;
        }

        attempt.State = TaskAttemptState.HandedIn;
        attempt.CommentId = Comment(change, answer.Text, TaskCommentKind.HandIn);
    }

    /// <summary>What is longer than a comment stands whole in the attempt.</summary>
    private static Guid Comment(TaskChange change, string text, TaskCommentKind kind)
    {
        const string More = "\n\n… The whole text stands with the attempt.";
        var content = text.Length > TaskRules.LongestText ? text.AtMost(TaskRules.LongestText - More.Length) + More : text;
        return TaskComments.Add(change, content, kind).Id;
    }

    private static void Fail(TaskChange change, TaskAttempt attempt, AnswerEnd end, string? error)
    {
        var isStopped = end == AnswerEnd.Stopped;
        (attempt.State, attempt.Error) = (isStopped ? TaskAttemptState.Stopped : TaskAttemptState.Failed, error);
        change.Note(isStopped ? TaskActivityKind.WorkStopped : TaskActivityKind.WorkFailed, after: error);
    }

    private void Tell(TaskAttempt attempt, IReadOnlyList<Guid> audience)
    {
        live.Publish(attempt.OwnerId, new LiveEvent(TaskStarts.Working, attempt.TaskId, null));
        foreach (var person in audience)
        {
            live.Publish(person, new LiveEvent(TaskChanges.Changed, attempt.TaskId, null));
        }

        live.Publish(attempt.OwnerId, new LiveEvent(Ended, attempt.TaskId, null));
    }
}
