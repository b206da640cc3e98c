using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Tasks.Editing;

namespace Republic.Core.Tasks.Sharing;

/// <summary>Answers to what others share with a person: accepting, declining and leaving.</summary>
public sealed class TaskInvitations(
    RepublicDb db,
    TaskChanges changes,
    TaskSharing sharing,
    AuditLog audit,
    LiveEvents live,
    TimeProvider time
)
{
    /// <summary>Accepting twice is the same as once.</summary>
    /// <returns>The id of the task.</returns>
    public async Task<Outcome<Guid>> AcceptAsync(Guid me, Guid id, CancellationToken ct)
    {
        var share = await OfAsync(me, id, ct);
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // By its row as it is now: the owner may have ended it meanwhile.
        var accepted = await db
            .TaskShares.Where(s => s.Id == id && s.PersonId == me && s.AcceptedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.AcceptedAt, now), ct);
        if (share is null || (accepted == 0 && share.AcceptedAt is null))
        {
            return Failure.NotFound("invitation");
        }

        if (accepted > 0)
        {
            var audience = await db.TaskAudienceAsync(share.OwnerId, [share.TaskId], ct);
            await audit.CommitAsync(db, me, AuditActions.TaskShareAccepted, await SubjectAsync(share, ct), ct);
            changes.Publish(audience, share.TaskId);
        }

        return share.TaskId;
    }

    /// <summary>Declines an invitation, or leaves a task that was accepted.</summary>
    public async Task<Outcome<Guid>> LeaveAsync(Guid me, Guid id, CancellationToken ct)
    {
        if (await OfAsync(me, id, ct) is not { } share)
        {
            return Failure.NotFound("invitation");
        }

        var subject = await SubjectAsync(share, ct);
        var left = await DeclineAsync(me, id, subject, ct) ? id : await LeaveAsync(me, share, subject, ct);
        if (left.Ok)
        {
            live.Publish(me, new LiveEvent(TaskSharing.Shared, id, null));
        }

        return left;
    }

    /// <returns>False where it was accepted, or is gone.</returns>
    private async Task<bool> DeclineAsync(Guid me, Guid id, string subject, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // To the owner it goes on to look as if nobody were called so, and the same name invites nobody again.
        var declined = await db
            .TaskShares.Where(s => s.Id == id && s.PersonId == me && s.AcceptedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.PersonId, (Guid?)null), ct);
        if (declined == 0)
        {
            return false;
        }

        await audit.CommitAsync(db, me, AuditActions.TaskShareLeft, subject, ct);
        return true;
    }

    private Task<Outcome<Guid>> LeaveAsync(Guid me, TaskShare share, string subject, CancellationToken ct) =>
        changes.ChangeAsync(
            share.OwnerId,
            me,
            share.TaskId,
            async change =>
            {
                if (await db.TaskShares.SingleOrDefaultAsync(s => s.Id == share.Id && s.PersonId == me, ct) is not { } accepted)
                {
                    return Failure.NotFound("invitation");
                }

                await sharing.RemoveAsync(change, accepted, ct);
                change.Audited.Add((me, AuditActions.TaskShareLeft, subject));
                return null;
            },
            ct
        );

    private Task<TaskShare?> OfAsync(Guid me, Guid id, CancellationToken ct) =>
        db.TaskShares.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.PersonId == me, ct);

    private async Task<string> SubjectAsync(TaskShare share, CancellationToken ct) =>
        $"a task of {await db.Citizens.Where(c => c.Id == share.OwnerId).Select(c => c.DisplayName).SingleOrDefaultAsync(ct)}";
}
