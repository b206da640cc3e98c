using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Tasks.Editing;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks.Sharing;

/// <summary>
/// Shares top tasks by user name, and ends that. Whether anybody is called so makes no difference to the owner: the same questions, one row
/// and the same answer.
/// </summary>
public sealed class TaskSharing(RepublicDb db, TaskChanges changes, ILookupNormalizer names, LiveEvents live)
{
    /// <summary>The live event of a share that is new, or was ended; its subject is the share.</summary>
    public const string Shared = "task.shared";

    /// <summary>The answer to every name.</summary>
    public static string Answer(string username) => $"If there is a person called {username.Trim()}, the task is shared with them.";

    public Task<Outcome<Guid>> ShareAsync(Guid me, Guid task, string? username, CancellationToken ct) =>
        changes.ChangeAsync(me, me, task, change => ShareAsync(change, username, ct), ct);

    /// <summary>The person sees nothing of the task from then on.</summary>
    public Task<Outcome<Guid>> EndAsync(Guid me, Guid task, Guid id, CancellationToken ct) =>
        changes.ChangeAsync(
            me,
            me,
            task,
            async change =>
            {
                if (await db.TaskShares.SingleOrDefaultAsync(s => s.Id == id && s.TaskId == task, ct) is not { } share)
                {
                    return Failure.NotFound("share");
                }

                await RemoveAsync(change, share, ct);
                change.Audited.Add((me, AuditActions.TaskShareEnded, $"T-{change.Task.Number}: {share.Name}"));
                return null;
            },
            ct
        );

    private async Task<Failure?> ShareAsync(TaskChange change, string? username, CancellationToken ct)
    {
        if (change.Task.ParentId is not null)
        {
            return Failure.Conflict("It is a part of another task. Share the task at the top: its parts come with it.");
        }

        var rules = new FieldRules([]);
        rules.Required("username", "The user name", username);
        rules.Text("username", "The user name", username, TaskShare.LongestName);
        if (rules.Errors.Count > 0)
        {
            return Failure.Invalid(rules.Errors);
        }

        var (task, owner) = (change.Task.Id, change.Actor);
        var name = username!.Trim();
        var normalized = names.NormalizeName(name);
        var listed = await db.TaskShares.Where(s => s.TaskId == task).Select(s => s.NormalizedName).ToListAsync(ct);
        if (listed.Contains(normalized))
        {
            return null;
        }

        if (listed.Count >= TaskShare.MostPerTask)
        {
            return Failure.Conflict(
                $"A task is shared with at most {TaskShare.MostPerTask} people. Stop sharing it with one of them first."
            );
        }

        if (await TooManyAsync(owner, change.Now, ct) is { } refusal)
        {
            return refusal;
        }

        var share = new TaskShare
        {
            TaskId = task,
            OwnerId = owner,
            Name = name,
            NormalizedName = normalized,
            PersonId = await PersonAsync(owner, task, normalized, ct),
            CreatedAt = change.Now,
        };
        db.TaskShares.Add(share);
        change.Audited.Add((owner, AuditActions.TaskShared, $"T-{change.Task.Number}: {share.Name}"));
        Tell(change, share);
        return null;
    }

    /// <summary>The person of that name with whom the task can be shared; null for nobody.</summary>
    private Task<Guid?> PersonAsync(Guid owner, Guid task, string normalized, CancellationToken ct) =>
        db
            .Users.Where(p =>
                p.NormalizedUserName == normalized
                && p.Id != owner
                && p.Citizen.IsActive
                && p.DeactivatedAt == null
                // Somebody who was called otherwise when it was shared with them.
                && !db.TaskShares.Any(s => s.TaskId == task && s.PersonId == p.Id)
            )
            .Select(p => (Guid?)p.Id)
            .SingleOrDefaultAsync(ct);

    /// <summary>The log of what was done is the count of the day: shares that were ended are gone from the table.</summary>
    private async Task<Failure?> TooManyAsync(Guid owner, DateTimeOffset now, CancellationToken ct)
    {
        var today = TaskStartRules.Today(now);
        var entered = await db.AuditEntries.CountAsync(
            e => e.PersonId == owner && e.Action == AuditActions.TaskShared && e.At >= today,
            ct
        );
        return entered < TaskShare.MostPerDay
            ? null
            : Failure.TooMany($"You entered {TaskShare.MostPerDay} names today, as many as are allowed. Share it tomorrow.") with
            {
                RetryAfter = today.AddDays(1) - now,
            };
    }

    /// <summary>Takes a share away, and from its person what they had of the task.</summary>
    internal async Task RemoveAsync(TaskChange change, TaskShare share, CancellationToken ct)
    {
        db.TaskShares.Remove(share);
        // What follows asks the database who sees the task.
        await db.SaveChangesAsync(ct);
        if (share is { PersonId: { } person, AcceptedAt: not null })
        {
            var (root, owner) = (change.Task.Id, change.Task.OwnerId);
            var tasks = await db.Tasks.Where(t => t.RootId == root && t.AssignedTo == person).ToListAsync(ct);
            await TaskGuests.UnassignUnseenAsync(change, tasks, ct);
            // The owner keeps what was uploaded, and who cannot delete it any more does not answer for its bytes.
            await db
                .TaskAttachments.Where(a => a.OwnerId == person && db.Tasks.Any(t => t.Id == a.TaskId && t.RootId == root))
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.OwnerId, owner), ct);
        }

        Tell(change, share);
    }

    private void Tell(TaskChange change, TaskShare share) =>
        change.AfterCommit.Add(_ =>
        {
            // Where nobody is called so, nobody reads it; sending it takes the same time.
            live.Publish(share.PersonId ?? share.Id, new LiveEvent(Shared, share.Id, null));
            return Task.CompletedTask;
        });
}
