using Republic.Core;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Work;

namespace Republic.Web.Pages.Tasks;

/// <summary>Reads a minion's work on a task.</summary>
public sealed class TaskWorkViews(TaskCards cards, TaskAttempts attempts, TimeProvider time)
{
    /// <summary>How many attempts the page of a task shows.</summary>
    public const int Most = 10;

    /// <summary>Of a task of the person's own, with the last attempt alone.</summary>
    public async Task<Outcome<TaskWorkView>> FindAsync(Guid person, Guid id, CancellationToken ct)
    {
        var task = await cards.FindOwnAsync(person, id, ct);
        return task.Ok ? await ReadAsync(person, task.Value, 1, ct) : task.Failure;
    }

    /// <param name="most">Of the attempts.</param>
    public async Task<TaskWorkView> ReadAsync(Guid person, TaskCard task, int most, CancellationToken ct)
    {
        var last = await attempts.ListAsync(person, task.Id, most, null, ct);
        var spending = await attempts.SpendingAsync(person, task.Id, ct);
        return new TaskWorkView(task, last.Value ?? [], spending.Value, time.GetUtcNow());
    }
}
