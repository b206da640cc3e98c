using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.Editing;

/// <summary>Says who does a task: its owner, one of their minions, or a person with whom it is shared.</summary>
public sealed class TaskAssignment(RepublicDb db, TaskChanges changes, TaskStarts starts)
{
    /// <summary>A minion begins at once where it may.</summary>
    /// <param name="citizen">Null for nobody.</param>
    public Task<Outcome<Guid>> AssignAsync(Guid me, Guid id, Guid? citizen, CancellationToken ct) =>
        changes.ChangeAsync(
            me,
            me,
            id,
            async change =>
            {
                var before = change.Task.AssignedTo;
                if (await AssignAsync(change, citizen, ct) is { } failure)
                {
                    return failure;
                }

                if (before != citizen)
                {
                    await starts.BeginByItselfAsync(change, ct);
                }

                return null;
            },
            ct
        );

    /// <summary>
    /// The citizens to whom the owner may give a task: themselves first, then people who accepted that it is shared with them, then their
    /// minions, by name.
    /// </summary>
    /// <param name="root">The task at the top; null leaves other people out.</param>
    internal static IQueryable<Citizen> Assignable(RepublicDb db, Guid owner, Guid? root) =>
        db
            .Citizens.Where(c =>
                c.IsActive
                && !db.Users.Any(p => p.Id == c.Id && p.DeactivatedAt != null)
                && (
                    c.Id == owner
                    || db.Minions.Any(m => m.Id == c.Id && m.OwnerId == owner && m.DeletedAt == null)
                    || db.TaskShares.Any(s => s.SubjectId == root && s.PersonId == c.Id && s.AcceptedAt != null)
                )
            )
            .OrderBy(c => c.Id != owner)
            .ThenByDescending(c => c.Kind)
            .ThenBy(c => c.DisplayName);

    internal async Task<Failure?> AssignAsync(TaskChange change, Guid? citizen, CancellationToken ct)
    {
        var task = change.Task;
        if (task.AssignedTo == citizen)
        {
            return null;
        }

        var name = await Assignable(db, task.OwnerId, task.RootId)
            .Where(c => c.Id == citizen)
            .Select(c => c.DisplayName)
            .SingleOrDefaultAsync(ct);
        if (citizen is not null && name is null)
        {
            return Failure.Invalid("citizen_id", "There is no such person or minion, or it is paused, or not yours. Choose another one.");
        }

        var before = await db.Citizens.Where(c => c.Id == task.AssignedTo).Select(c => c.DisplayName).SingleOrDefaultAsync(ct);
        change.Note(TaskActivityKind.Assigned, before, name);
        task.AssignedTo = citizen;
        task.AssignedBy = citizen is null ? null : change.Actor;
        task.AssignedAt = citizen is null ? null : change.Now;
        return null;
    }
}
