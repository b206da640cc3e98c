using Republic.Core.Tasks.Editing;

namespace Republic.Core.Tasks.Work;

/// <summary>Starts and stops a minion's work on a task, as its person says.</summary>
public sealed class TaskWorkControl(TaskChanges changes, TaskStarts starts)
{
    /// <summary>A task that waits to be done is in progress by that.</summary>
    public Task<Outcome<Guid>> StartAsync(Guid me, Guid task, CancellationToken ct) =>
        changes.ChangeAsync(me, me, task, change => starts.BeginAsync(change, ct), ct);

    /// <summary>Keeps what has come; the task stays in progress.</summary>
    public Task<Outcome<Guid>> StopAsync(Guid me, Guid task, CancellationToken ct) =>
        changes.ChangeAsync(me, me, task, change => starts.StopAsync(change, ct), ct);
}
