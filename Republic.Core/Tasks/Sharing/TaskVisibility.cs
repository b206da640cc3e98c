using Republic.Core.Data;
using Republic.Core.Sharing;

namespace Republic.Core.Tasks.Sharing;

/// <summary>Who sees which tasks. Only the owner changes them: queries for that begin with <c>OwnedBy</c>.</summary>
public static class TaskVisibility
{
    /// <summary>The tasks that a person may read: their own, and everything below a top task that is shared with them and accepted.</summary>
    public static IQueryable<WorkTask> VisibleTo(this IQueryable<WorkTask> tasks, RepublicDb db, Guid person) =>
        tasks.Where(t => t.OwnerId == person || db.TaskShares.AcceptedBy(person).Any(s => s.SubjectId == t.RootId));

    /// <summary>The tasks of others that a person may read.</summary>
    public static IQueryable<WorkTask> SharedWith(this IQueryable<WorkTask> tasks, RepublicDb db, Guid person) =>
        tasks.Where(t => db.TaskShares.AcceptedBy(person).Any(s => s.SubjectId == t.RootId));

    /// <summary>The people who are told of changes below these top tasks: the owner first, then who accepted a share.</summary>
    internal static Task<List<Guid>> TaskAudienceAsync(this RepublicDb db, Guid owner, List<Guid> roots, CancellationToken ct) =>
        db.TaskShares.AudienceAsync(owner, roots, ct);
}
