using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Editing;
using Republic.Core.Tasks.Sharing;

namespace Republic.Core.Tasks.Work;

/// <summary>The ends of an attempt. Comment, move, attempt and job are saved in one transaction, or none of them is.</summary>
internal sealed class TaskEnds(TaskSteps steps, TimeProvider time)
{
    /// <summary>The live event of a task whose minion came to an end; whoever is told looks up how.</summary>
    public const string Ended = "task.ended";

    /// <summary>Moves the task and adds to it what came of the attempt. The owner's tasks are held.</summary>
    /// <returns>The receipt to save with the attempt: a failure where its answer could not be handed in.</returns>
    public async Task<AnswerReceipt> SaveAsync(RepublicDb db, TaskAttempt begun, AnswerReceipt receipt, string text, CancellationToken ct)
    {
        if (await db.TaskAttempts.BeingWritten().SingleOrDefaultAsync(a => a.Id == begun.Id, ct) is not { } attempt)
        {
            return receipt;
        }

        var task = await db.Tasks.SingleAsync(t => t.Id == attempt.TaskId, ct);
        var change = new TaskChange(db, task, attempt.MinionId, time.GetUtcNow());
        task.UpdatedAt = change.Now;
        var from = await db.ToolCalls.Where(c => c.AttemptId == attempt.Id).MaxAsync(c => (int?)c.Offset, ct) ?? 0;
        if (receipt.End == AnswerEnd.Complete && await AnswerAsync(change, attempt, TaskAnswer.Of(text, from), ct) is { } failure)
        {
            receipt = receipt with { End = AnswerEnd.Failed, Error = failure.Message };
        }

        if (receipt.End != AnswerEnd.Complete)
        {
            var isStopped = receipt.End == AnswerEnd.Stopped;
            change.Note(isStopped ? TaskActivityKind.WorkStopped : TaskActivityKind.WorkFailed, after: receipt.Error);
        }

        await db.SaveChangesAsync(ct);
        return receipt;
    }

    private async Task<Failure?> AnswerAsync(TaskChange change, TaskAttempt attempt, TaskAnswer answer, CancellationToken ct)
    {
        if (!answer.IsNeed && await steps.MoveAsync(change, new TaskMove(WorkTaskStatus.Review), ct) is { } failure)
        {
            return failure;
        }

        attempt.IsQuestion = answer.IsNeed;
        attempt.CommentId = Comment(change, answer.Text, answer.IsNeed ? TaskCommentKind.Blocked : TaskCommentKind.HandIn);
        if (answer.IsNeed)
        {
            change.Note(TaskActivityKind.WorkWaiting);
        }

        return null;
    }

    /// <summary>What is longer than a comment stands whole in the attempt.</summary>
    private static Guid Comment(TaskChange change, string text, TaskCommentKind kind)
    {
        const string More = "\n\n… The whole text stands with the attempt.";
        var content = text.Length > TaskRules.LongestText ? text.AtMost(TaskRules.LongestText - More.Length) + More : text;
        return TaskComments.Add(change, content, kind).Id;
    }
}
