using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Sharing;
using Republic.Core.Tasks.Editing;

namespace Republic.Core.Tasks.Sharing;

/// <summary>The sharing of tasks: of those at the top alone, each under the lock of its owner's tasks.</summary>
public sealed class TaskSharing(TaskChanges changes) : IShareKind<TaskShare>
{
    public string Noun => "task";

    public (string Changed, string Shared) Events => (TaskChanges.Changed, "task.shared");

    public (string Share, string End, string Accept, string Leave) Actions =>
        (AuditActions.TaskShared, AuditActions.TaskShareEnded, AuditActions.TaskShareAccepted, AuditActions.TaskShareLeft);

    public Task<Outcome<Guid>> ChangeAsync(Guid owner, Guid actor, Guid id, Func<ShareChange, Task<Failure?>> edit, CancellationToken ct) =>
        changes.ChangeAsync(owner, actor, id, made => edit(Of(made, ct)), ct);

    private static ShareChange Of(TaskChange change, CancellationToken ct)
    {
        var refusal = change.Task.ParentId is null
            ? null
            : Failure.Conflict("It is a part of another task. Share the task at the top: its parts come with it.");
        return new($"T-{change.Task.Number}", refusal, () => WithdrawAsync(change, ct), change.Audited, change.AfterCommit);
    }

    private static async Task WithdrawAsync(TaskChange change, CancellationToken ct)
    {
        var tasks = await change.Db.Tasks.Where(t => t.RootId == change.Task.Id).ToListAsync(ct);
        await TaskGuests.WithdrawUnseenAsync(change, tasks, ct);
    }
}
