using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Sharing;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.Editing;

/// <summary>Moves tasks from one state to another, and up and down a column.</summary>
public sealed class TaskMover(TaskChanges changes, TaskSteps steps, TaskStarts starts, TaskComments comments)
{
    /// <summary>A person with whom it is shared moves what is theirs to do, and neither insists nor orders the owner's column.</summary>
    public Task<Outcome<Guid>> MoveAsync(Guid me, Guid id, TaskMove move, CancellationToken ct) =>
        changes.ChangeVisibleAsync(
            me,
            id,
            async change =>
                change.IsByOwner ? await MoveAsync(change, move, ct)
                : await TaskGuests.MoveRefusalAsync(change, move, ct) is { } refusal ? refusal
                : await MoveAsync(change, move with { Insist = false, After = null }, ct),
            ct
        );

    private async Task<Failure?> MoveAsync(TaskChange change, TaskMove move, CancellationToken ct)
    {
        var (from, round) = (change.Task.Status, change.Task.Round);
        var rules = new FieldRules([]);
        rules.Text("reason", "What must change", move.Reason, TaskRules.LongestText, isLine: false);
        if (rules.Errors.Count > 0)
        {
            return Failure.Invalid(rules.Errors);
        }

        var isExplained = !string.IsNullOrWhiteSpace(move.Reason);
        if (isExplained && await comments.RefusalAsync(change, ct) is { } refusal)
        {
            return refusal;
        }

        if (await steps.MoveAsync(change, move, ct) is { } failure)
        {
            return failure;
        }

        var isSentBack = change.Task.Round > round && change.Task.Status == WorkTaskStatus.InProgress;
        if (isExplained)
        {
            TaskComments.Add(change, move.Reason!, TaskCommentKind.Comment);
            if (isSentBack)
            {
                await starts.BeginByItselfAsync(change, ct);
            }
        }

        if (change.Task.Status == WorkTaskStatus.Done && from != WorkTaskStatus.Done)
        {
            await starts.BeginDependentsAsync(change, ct);
        }

        return null;
    }
}
