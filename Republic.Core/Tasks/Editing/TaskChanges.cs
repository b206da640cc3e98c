using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Tasks.Sharing;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.Editing;

/// <summary>Changes the tasks of an owner, one change after the other.</summary>
public sealed class TaskChanges(RepublicDb db, TaskStarts starts, AuditLog audit, LiveEvents live, AfterCommit after, TimeProvider time)
{
    /// <summary>The live event of a task that is new, changed or gone.</summary>
    public const string Changed = "task.changed";

    /// <summary>Changes a task of the person's own, or one that is shared with them: what they may do with that, the change has to look at.</summary>
    internal async Task<Outcome<Guid>> ChangeVisibleAsync(Guid me, Guid id, Func<TaskChange, Task<Failure?>> change, CancellationToken ct)
    {
        var visible = db.Tasks.VisibleTo(db, me).Where(t => t.Id == id);
        if (await visible.Select(t => (Guid?)t.OwnerId).SingleOrDefaultAsync(ct) is not { } owner)
        {
            return Failure.NotFound("task");
        }

        // Asked again under the lock: the share may have ended meanwhile.
        return await ChangeAsync(
            owner,
            me,
            id,
            async made => await visible.AnyAsync(ct) ? await change(made) : Failure.NotFound("task"),
            ct
        );
    }

    /// <param name="change">Changes the task in memory; a failure undoes what it did in the database.</param>
    internal async Task<Outcome<Guid>> ChangeAsync(
        Guid owner,
        Guid actor,
        Guid id,
        Func<TaskChange, Task<Failure?>> change,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockTasksAsync(owner, ct);
        var task = await db
            .Tasks.OwnedBy(owner)
            .Include(t => t.Dependencies.OrderBy(d => d.CreatedAt).ThenBy(d => d.DependsOnId))
            .SingleOrDefaultAsync(t => t.Id == id, ct);
        if (task is null)
        {
            return Failure.NotFound("task");
        }

        var root = task.RootId;
        var made = new TaskChange(db, task, actor, time.GetUtcNow());
        if (await change(made) is { } failure)
        {
            // What it changed in memory is saved by nobody else who uses this context.
            db.ChangeTracker.Clear();
            return failure;
        }

        await starts.EndMisplacedAsync(made, ct);
        task.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        // Those too whose part it is no longer.
        var audience = await db.TaskAudienceAsync(owner, [root, task.RootId], ct);
        foreach (var (person, action, subject) in made.Audited)
        {
            await audit.AppendAsync(db, person, action, subject, ct);
        }

        await transaction.CommitAsync(ct);
        await CommittedAsync(made, audience);
        return id;
    }

    /// <summary>For when all is saved.</summary>
    internal Task CommittedAsync(TaskChange change, IReadOnlyList<Guid> audience)
    {
        Publish(audience, change.Task.Id);
        return after.RunAsync(change.AfterCommit);
    }

    internal void Publish(IReadOnlyList<Guid> audience, Guid id)
    {
        foreach (var person in audience)
        {
            live.Publish(person, new LiveEvent(Changed, id, null));
        }
    }
}
