using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Tasks.Editing;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.Comments;

/// <summary>Writes, changes and deletes comments. Only who wrote one changes it; the owner of the task deletes any.</summary>
public sealed class TaskComments(RepublicDb db, TaskChanges changes, TaskStarts starts, CommentRate rate)
{
    public const int MostPerTask = 1000;

    /// <summary>A minion that waits for an answer takes what its owner writes for that, and goes on: it is the owner who pays.</summary>
    public async Task<Outcome<TaskComment>> AddAsync(Guid me, Guid task, string? content, CancellationToken ct)
    {
        TaskComment? comment = null;
        var added = await changes.ChangeVisibleAsync(
            me,
            task,
            async change =>
            {
                if ((Problem(content) ?? await RefusalAsync(change, ct)) is { } problem)
                {
                    return problem;
                }

                comment = Add(change, content!, TaskCommentKind.Comment);
                if (change.IsByOwner)
                {
                    await starts.BeginAnsweredAsync(change, ct);
                }

                return null;
            },
            ct
        );
        return added.Ok ? comment! : added.Failure;
    }

    /// <summary>What a minion writes on its person's own task, beside its work. It answers no minion that waits, so no work goes on for it.</summary>
    internal Task<Outcome<Guid>> AddOfMinionAsync(Guid owner, Guid minion, Guid task, string? content, CancellationToken ct) =>
        changes.ChangeAsync(
            owner,
            minion,
            task,
            async change =>
            {
                if ((Problem(content) ?? await RefusalAsync(change, ct)) is { } problem)
                {
                    return problem;
                }

                Add(change, content!, TaskCommentKind.Comment);
                return null;
            },
            ct
        );

    public async Task<Outcome<TaskComment>> UpdateAsync(Guid me, Guid task, Guid id, string? content, CancellationToken ct)
    {
        TaskComment? comment = null;
        var updated = await changes.ChangeVisibleAsync(
            me,
            task,
            async change =>
            {
                comment = await OwnAsync(me, task, id, ct);
                if (comment is null || Problem(content) is not null)
                {
                    return comment is null ? Failure.NotFound("comment") : Problem(content);
                }

                if (rate.Refusal(change) is { } refusal)
                {
                    return refusal;
                }

                (comment.Content, comment.UpdatedAt) = (content!.Trim(), change.Now);
                return null;
            },
            ct
        );
        return updated.Ok ? comment! : updated.Failure;
    }

    /// <summary>The owner's board is theirs: what others wrote there does not stay against their will.</summary>
    public Task<Outcome<Guid>> DeleteAsync(Guid me, Guid task, Guid id, CancellationToken ct) =>
        changes.ChangeVisibleAsync(
            me,
            task,
            async change =>
            {
                var found = change.IsByOwner
                    ? await db.TaskComments.SingleOrDefaultAsync(c => c.Id == id && c.TaskId == task, ct)
                    : await OwnAsync(me, task, id, ct);
                if (found is not { } comment)
                {
                    return Failure.NotFound("comment");
                }

                db.TaskComments.Remove(comment);
                return null;
            },
            ct
        );

    internal static TaskComment Add(TaskChange change, string content, TaskCommentKind kind)
    {
        var comment = new TaskComment
        {
            TaskId = change.Task.Id,
            CitizenId = change.Actor,
            Content = content.Trim(),
            Kind = kind,
            CreatedAt = change.Now,
            UpdatedAt = change.Now,
        };
        change.Db.TaskComments.Add(comment);
        return comment;
    }

    /// <summary>Null where a person may write one more comment. What a minion says is kept in any case.</summary>
    internal async Task<Failure?> RefusalAsync(TaskChange change, CancellationToken ct) =>
        await db.TaskComments.CountAsync(c => c.TaskId == change.Task.Id, ct) >= MostPerTask
            ? Failure.Conflict($"A task has at most {MostPerTask:N0} comments. Delete some, or make another task.")
            : rate.Refusal(change);

    private Task<TaskComment?> OwnAsync(Guid me, Guid task, Guid id, CancellationToken ct) =>
        db.TaskComments.SingleOrDefaultAsync(c => c.Id == id && c.TaskId == task && c.CitizenId == me, ct);

    internal static Failure? Problem(string? content)
    {
        var rules = new FieldRules([]);
        rules.Required("content", "The comment", content);
        rules.Text("content", "The comment", content, TaskRules.LongestText, isLine: false);
        return rules.Errors.Count > 0 ? Failure.Invalid(rules.Errors) : null;
    }
}
