using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Tasks;

internal static class TaskQueries
{
    /// <summary>
    /// Until the transaction ends, no other changes the owner's tasks: whether a dependency closes a cycle depends on all of them.
    /// </summary>
    public static Task LockTasksAsync(this RepublicDb db, Guid owner, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({owner.ToString()}, {AdvisoryLocks.Tasks}))", ct);

    /// <summary>The number for one more task of the owner.</summary>
    public static async Task<int> NextTaskNumberAsync(this RepublicDb db, Guid owner, CancellationToken ct)
    {
        var numbers = await db
            .Database.SqlQuery<int>(
                $"""
                insert into task_numbers (owner_id, last) values ({owner}, 1)
                on conflict (owner_id) do update set last = task_numbers.last + 1
                returning last as "Value"
                """
            )
            .ToListAsync(ct);
        return numbers[0];
    }

    /// <summary>That number for one more task of the owner where none has it, else the next. The owner's tasks are held.</summary>
    public static async Task<int> FreeTaskNumberAsync(this RepublicDb db, Guid owner, int wanted, CancellationToken ct)
    {
        if (await db.Tasks.OwnedBy(owner).AnyAsync(t => t.Number == wanted, ct))
        {
            return await db.NextTaskNumberAsync(owner, ct);
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into task_numbers (owner_id, last) values ({owner}, {wanted})
            on conflict (owner_id) do update set last = greatest(task_numbers.last, {wanted})
            """,
            ct
        );
        return wanted;
    }

    /// <summary>The parents and dependencies of all tasks of the owner.</summary>
    public static async Task<TaskGraph> TaskGraphAsync(this RepublicDb db, Guid owner, CancellationToken ct)
    {
        var tasks = await db.Tasks.OwnedBy(owner).Select(t => new { t.Id, t.ParentId }).ToListAsync(ct);
        var dependencies = await db
            .TaskDependencies.Where(d => db.Tasks.Any(t => t.Id == d.TaskId && t.OwnerId == owner))
            .Select(d => new { d.TaskId, d.DependsOnId })
            .ToListAsync(ct);
        return new TaskGraph(tasks.Select(t => (t.Id, t.ParentId)), dependencies.Select(d => (d.TaskId, d.DependsOnId)));
    }

    /// <summary>The tasks that must be done before this one and are not, by number.</summary>
    public static IQueryable<WorkTask> BlockersOf(this RepublicDb db, Guid task) =>
        from dependency in db.TaskDependencies
        join other in db.Tasks on dependency.DependsOnId equals other.Id
        where dependency.TaskId == task && other.Status != WorkTaskStatus.Done
        orderby other.Number
        select other;
}
