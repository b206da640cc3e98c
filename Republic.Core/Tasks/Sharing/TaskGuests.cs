using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Tasks.Editing;

namespace Republic.Core.Tasks.Sharing;

/// <summary>What people may do with the tasks of others that are shared with them: move those that are theirs to do, short of done.</summary>
public static class TaskGuests
{
    private static readonly WorkTaskStatus[] Open = [WorkTaskStatus.Todo, WorkTaskStatus.InProgress, WorkTaskStatus.Review];

    /// <summary>The states that an assignee who is not the owner can move a task to.</summary>
    public static IReadOnlyList<WorkTaskStatus> MovesFrom(WorkTaskStatus status) =>
        Open.Contains(status) ? [.. Open.Where(other => other != status)] : [];

    /// <summary>Null where the person who is not the owner may move it so.</summary>
    internal static async Task<Failure?> MoveRefusalAsync(TaskChange change, TaskMove move, CancellationToken ct)
    {
        var task = change.Task;
        if (task.AssignedTo != change.Actor)
        {
            return Failure.Forbidden("It is not yours to do. Its owner moves it.");
        }

        if (!Open.Contains(task.Status) || !Open.Contains(move.Status))
        {
            return Failure.Forbidden("Its owner accepts it, reopens it and puts it into the archive. You can move it up to “Review”.");
        }

        if (task.Status == move.Status)
        {
            return Failure.Conflict($"It is in “{TaskWords.Of(task.Status)}” already.");
        }

        var isBegun = TaskMoves.IsBegun(move.Status) && !TaskMoves.IsBegun(task.Status);
        return isBegun && await change.Db.BlockersOf(task.Id).AnyAsync(t => t.RootId != task.RootId, ct)
            ? Failure.Conflict("It waits for a task that you do not see. Its owner can say more.")
            : null;
    }

    /// <summary>Takes these tasks of one tree from people who do not see them any more; their files there become the owner's.</summary>
    internal static async Task WithdrawUnseenAsync(TaskChange change, IReadOnlyCollection<WorkTask> tasks, CancellationToken ct)
    {
        var (db, owner, ids) = (change.Db, change.Task.OwnerId, tasks.Select(t => t.Id).ToList());
        var seeing = await db.TaskAudienceAsync(owner, [change.Task.RootId], ct);
        // Who cannot delete a file any more does not answer for its bytes.
        await db
            .TaskAttachments.Where(a => ids.Contains(a.TaskId) && !seeing.Contains(a.OwnerId))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.OwnerId, owner), ct);
        var unseeing = tasks.Select(t => t.AssignedTo).OfType<Guid>().Except(seeing).ToList();
        var people = await db
            .Citizens.Where(c => unseeing.Contains(c.Id) && c.Kind == CitizenKind.Person)
            .ToDictionaryAsync(c => c.Id, c => c.DisplayName, ct);
        foreach (var task in tasks)
        {
            if (task.AssignedTo is { } citizen && people.TryGetValue(citizen, out var name))
            {
                (change with { Task = task }).Note(TaskActivityKind.Assigned, name);
                (task.AssignedTo, task.AssignedBy, task.AssignedAt) = (null, null, null);
            }
        }
    }
}
