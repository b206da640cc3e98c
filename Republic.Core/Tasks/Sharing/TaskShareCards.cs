using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Sharing;

namespace Republic.Core.Tasks.Sharing;

/// <summary>Reads with whom a person shares a task, and what others share with them.</summary>
public sealed class TaskShareCards(IDbContextFactory<RepublicDb> databases)
{
    /// <summary>The shares of one of the person's own tasks, the oldest first.</summary>
    public async Task<Outcome<IReadOnlyList<TaskShareCard>>> ListAsync(Guid me, Guid task, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Tasks.OwnedBy(me).AnyAsync(t => t.Id == task, ct))
        {
            return Failure.NotFound("task");
        }

        var shares = await db
            .TaskShares.OwnedBy(me)
            .Where(s => s.SubjectId == task)
            .OrderBy(s => s.Id)
            .Select(s => new TaskShareCard(s.Id, s.Name, s.AcceptedAt == null ? null : s.PersonId, s.AcceptedAt, s.CreatedAt))
            .ToListAsync(ct);
        return Outcome<IReadOnlyList<TaskShareCard>>.Of(shares);
    }

    /// <summary>One page of what is shared with the person, invitations too, the newest first.</summary>
    /// <param name="before">The last id of the previous page; null for the first.</param>
    public async Task<IReadOnlyList<SharedTaskCard>> SharedWithAsync(Guid me, int limit, Guid? before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from share in db.TaskShares.PageOf(me, limit, before)
            join task in db.Tasks on share.SubjectId equals task.Id
            join owner in db.Citizens on share.OwnerId equals owner.Id
            orderby share.Id descending
            let isAccepted = share.AcceptedAt != null
            select new SharedTaskCard(
                share.Id,
                task.Title,
                owner.DisplayName,
                isAccepted ? share.OwnerId : null,
                isAccepted ? share.SubjectId : null,
                isAccepted ? task.Number : null,
                isAccepted ? task.Status : null,
                share.AcceptedAt,
                share.CreatedAt
            )
        ).ToListAsync(ct);
    }
}
