using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Sharing;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Editing;

namespace Republic.Core.Leaving;

/// <summary>Tasks of others in which somebody took part who leaves, and tasks of theirs that others see.</summary>
public sealed class LeftTasks(LiveEvents live)
{
    /// <summary>Keeps with the tasks of others what goes on without the person, before their rows go.</summary>
    /// <returns>What tells those of it who had a task in common with them, once it is committed.</returns>
    internal async Task<Func<CancellationToken, Task>> LeaveAsync(RepublicDb db, Guid person, CancellationToken ct)
    {
        var told = await ToldAsync(db, person, ct);
        await KeepAsync(db, person, ct);
        await ForgetNameAsync(db, person, ct);
        return _ =>
        {
            foreach (var (other, task) in told)
            {
                live.Publish(other, new LiveEvent(TaskChanges.Changed, task, null));
            }

            return Task.CompletedTask;
        };
    }

    private static async Task<IReadOnlyList<(Guid Other, Guid Task)>> ToldAsync(RepublicDb db, Guid person, CancellationToken ct)
    {
        var assigned = db
            .Tasks.Where(t => t.AssignedTo == person && t.OwnerId != person)
            .Select(t => new { Other = t.OwnerId, Task = t.Id });
        var accepted = db.TaskShares.AcceptedBy(person).Select(s => new { Other = s.OwnerId, Task = s.SubjectId });
        var lost = db
            .TaskShares.Where(s => s.OwnerId == person && s.PersonId != null && s.AcceptedAt != null)
            .Select(s => new { Other = s.PersonId!.Value, Task = s.SubjectId });
        var all = (await assigned.ToListAsync(ct)).Concat(await accepted.ToListAsync(ct)).Concat(await lost.ToListAsync(ct));
        return [.. all.Select(one => (one.Other, one.Task)).Distinct()];
    }

    /// <summary>
    /// A guest's files in tasks of others become their owners', tasks that were assigned to the person are left without an assignee, and
    /// invitations that they did not answer as those to a name that nobody has.
    /// </summary>
    private static async Task KeepAsync(RepublicDb db, Guid person, CancellationToken ct)
    {
        await db
            .TaskAttachments.Where(a => a.CitizenId == person && db.Tasks.Any(t => t.Id == a.TaskId && t.OwnerId != person))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.OwnerId, a => db.Tasks.First(t => t.Id == a.TaskId).OwnerId)
                        .SetProperty(a => a.CitizenId, a => db.Tasks.First(t => t.Id == a.TaskId).OwnerId),
                ct
            );
        await db
            .TaskShares.Where(s => s.PersonId == person && s.AcceptedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.PersonId, (Guid?)null), ct);
        await db
            .Tasks.Where(t => t.AssignedTo == person && t.OwnerId != person)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(t => t.AssignedTo, (Guid?)null)
                        .SetProperty(t => t.AssignedBy, (Guid?)null)
                        .SetProperty(t => t.AssignedAt, (DateTimeOffset?)null),
                ct
            );
    }

    /// <summary>
    /// The history of tasks of others says that they were given to the person, by name alone. One that somebody else has too, such as a
    /// minion, is left: nobody could tell which of the two it was. What was written before the person came is about somebody else.
    /// </summary>
    private static async Task ForgetNameAsync(RepublicDb db, Guid person, CancellationToken ct)
    {
        if (
            await db.Citizens.AsNoTracking().SingleOrDefaultAsync(c => c.Id == person, ct)
            is not { DisplayName: var name, CreatedAt: var came }
        )
        {
            return;
        }

        await db
            .TaskActivities.Where(a => a.Kind == TaskActivityKind.Assigned && a.CreatedAt >= came && (a.Before == name || a.After == name))
            .Where(a => db.Tasks.Any(t => t.Id == a.TaskId && t.OwnerId != person))
            .Where(a => !db.Citizens.Any(c => c.Id != person && c.DisplayName == name))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.Before, a => a.Before == name ? TaskCitizen.Former : a.Before)
                        .SetProperty(a => a.After, a => a.After == name ? TaskCitizen.Former : a.After),
                ct
            );
    }
}
