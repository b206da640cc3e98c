using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Tasks.Sharing;
using static Republic.Core.Tasks.WorkTaskStatus;

namespace Republic.Core.Tasks.Editing;

/// <summary>Puts tasks below others.</summary>
public sealed class TaskParents(RepublicDb db)
{
    private const string Unknown = "There is no such task, or it is not yours. Choose another parent.";

    /// <summary>Null where a new task can have this parent and these dependencies.</summary>
    internal async Task<Failure?> NewProblemAsync(Guid owner, TaskInput input, CancellationToken ct)
    {
        var ancestors = await AncestorsAsync(owner, input.ParentId, ct);
        if (input.ParentId is not null && ancestors.Count == 0)
        {
            return Failure.Invalid("parent_id", Unknown);
        }

        if (ancestors.Count >= TaskGraph.DeepestLevel)
        {
            return Failure.Conflict($"Tasks are nested at most {TaskGraph.DeepestLevel} levels deep. Choose a parent higher up.");
        }

        if (ancestors is [{ Status: Done or Archived } parent, ..])
        {
            return Failure.Conflict($"T-{parent.Number} is done. Reopen it first, or choose another parent.");
        }

        var wanted = (input.DependsOn ?? []).Distinct().ToList();
        if (await db.Tasks.OwnedBy(owner).CountAsync(t => wanted.Contains(t.Id), ct) != wanted.Count)
        {
            return Failure.Invalid("depends_on", "One of the tasks that it waits for does not exist, or is not yours.");
        }

        if (ancestors.Find(task => wanted.Contains(task.Id)) is { } above)
        {
            return Failure.Conflict($"A task cannot wait for T-{above.Number}, which it is a part of. Choose a task outside.");
        }

        if (wanted.Count == 0 || ancestors.Count == 0)
        {
            return null;
        }

        // Nobody waits for a new task yet; but its parent will, and one of the others may wait for that.
        var graph = await db.TaskGraphAsync(owner, ct);
        return wanted.Exists(other => graph.WaitsFor(other, ancestors[0].Id))
            ? Failure.Conflict("One of the tasks that it waits for waits for its parent, so neither could ever be done.")
            : null;
    }

    internal async Task<Failure?> MoveAsync(TaskChange change, Guid? parent, CancellationToken ct)
    {
        var task = change.Task;
        var tasks = db.Tasks.OwnedBy(task.OwnerId);
        var above = await tasks
            .Where(t => t.Id == parent)
            .Select(t => new
            {
                t.Number,
                t.Status,
                t.RootId,
            })
            .SingleOrDefaultAsync(ct);
        if (parent is not null && above is null)
        {
            return Failure.Invalid("parent_id", Unknown);
        }

        var graph = await db.TaskGraphAsync(task.OwnerId, ct);
        if (graph.ParentProblem(task.Id, parent) is { } problem)
        {
            return Failure.Conflict(problem);
        }

        if (above?.Status is Done or Archived && task.Status is not (Done or Archived))
        {
            return Failure.Conflict($"T-{above.Number} is done, and this task is not. Reopen that first, or choose another parent.");
        }

        if (parent is not null && await db.TaskShares.AnyAsync(s => s.SubjectId == task.Id, ct))
        {
            return Failure.Conflict("It is shared, and only a task at the top is. Stop sharing it first.");
        }

        var shift = 1 - task.Level + (parent is { } to ? graph.LevelOf(to) : 0);
        var ids = graph.WithDescendants(task.Id).ToList();
        var parts = await tasks.Where(t => ids.Contains(t.Id)).ToListAsync(ct);
        foreach (var part in parts)
        {
            part.Level += shift;
            part.RootId = above?.RootId ?? task.Id;
        }

        await TaskGuests.WithdrawUnseenAsync(change, parts, ct);
        task.ParentId = parent;
        change.Note(TaskActivityKind.Parent, after: above is null ? null : $"T-{above.Number}");
        return null;
    }

    /// <summary>The parent first, then its own, up to the top.</summary>
    private async Task<List<WorkTask>> AncestorsAsync(Guid owner, Guid? parent, CancellationToken ct)
    {
        List<WorkTask> ancestors = [];
        while (parent is { } above && await db.Tasks.AsNoTracking().OwnedBy(owner).SingleOrDefaultAsync(t => t.Id == above, ct) is { } task)
        {
            ancestors.Add(task);
            parent = task.ParentId;
        }

        return ancestors;
    }
}
