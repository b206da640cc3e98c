using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Tasks.Sharing;

/// <summary>Who sees which tasks. Only the owner changes them: queries for that begin with <c>OwnedBy</c>.</summary>
public static class TaskVisibility
{
    /// <summary>The tasks that a person may read: their own, and everything below a top task that is shared with them and accepted.</summary>
    public static IQueryable<WorkTask> VisibleTo(this IQueryable<WorkTask> tasks, RepublicDb db, Guid person) =>
        tasks.Where(t =>
            t.OwnerId == person || db.TaskShares.Any(s => s.TaskId == t.RootId && s.PersonId == person && s.AcceptedAt != null)
        );

    /// <summary>The tasks of others that a person may read.</summary>
    public static IQueryable<WorkTask> SharedWith(this IQueryable<WorkTask> tasks, RepublicDb db, Guid person) =>
        tasks.Where(t => db.TaskShares.Any(s => s.TaskId == t.RootId && s.PersonId == person && s.AcceptedAt != null));

    /// <summary>The people who are told of changes below these top tasks: the owner first, then who accepted a share.</summary>
    internal static async Task<IReadOnlyList<Guid>> TaskAudienceAsync(
        this RepublicDb db,
        Guid owner,
        IReadOnlyCollection<Guid> roots,
        CancellationToken ct
    )
    {
        var people = await db
            .TaskShares.Where(s => roots.Contains(s.TaskId) && s.PersonId != null && s.AcceptedAt != null)
            .Select(s => s.PersonId!.Value)
            .Distinct()
            .ToListAsync(ct);
        return [owner, .. people];
    }
}
