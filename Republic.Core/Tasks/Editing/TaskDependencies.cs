using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.Editing;

/// <summary>Makes tasks wait for others.</summary>
public sealed class TaskDependencies(RepublicDb db, TaskChanges changes, TaskStarts starts)
{
    /// <summary>The task begins when the other one is done.</summary>
    public Task<Outcome<Guid>> AddAsync(Guid me, Guid id, Guid dependsOn, CancellationToken ct) =>
        changes.ChangeAsync(
            me,
            me,
            id,
            async change =>
            {
                var number = await db.Tasks.OwnedBy(me).Where(t => t.Id == dependsOn).Select(t => (int?)t.Number).SingleOrDefaultAsync(ct);
                if (number is null)
                {
                    return Failure.Invalid("depends_on_id", "There is no such task, or it is not yours. Choose another one.");
                }

                if ((await db.TaskGraphAsync(me, ct)).DependencyProblem(id, dependsOn) is { } problem)
                {
                    return Failure.Conflict(problem);
                }

                change.Task.Dependencies.Add(
                    new TaskDependency
                    {
                        TaskId = id,
                        DependsOnId = dependsOn,
                        CreatedAt = change.Now,
                    }
                );
                change.Note(TaskActivityKind.DependencyAdded, after: $"T-{number}");
                return null;
            },
            ct
        );

    public Task<Outcome<Guid>> RemoveAsync(Guid me, Guid id, Guid dependsOn, CancellationToken ct) =>
        changes.ChangeAsync(
            me,
            me,
            id,
            async change =>
            {
                if (change.Task.Dependencies.Find(d => d.DependsOnId == dependsOn) is not { } dependency)
                {
                    return Failure.NotFound("dependency");
                }

                var number = await db.Tasks.Where(t => t.Id == dependsOn).Select(t => t.Number).SingleAsync(ct);
                change.Task.Dependencies.Remove(dependency);
                change.Note(TaskActivityKind.DependencyRemoved, $"T-{number}");
                await starts.BeginUnblockedAsync(change, ct);
                return null;
            },
            ct
        );
}
