using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Tasks.Board;

/// <summary>Counts a person's tasks for the filters of the board.</summary>
public sealed class TaskCounter(IDbContextFactory<RepublicDb> databases)
{
    /// <param name="dueBefore">The end of what counts as due.</param>
    public async Task<TaskCounts> CountAsync(Guid me, DateTimeOffset dueBefore, CancellationToken ct)
    {
        // Side by side: each takes about as long.
        var signs = SignsAsync(me, dueBefore, ct);
        var groups = GroupsAsync(me, ct);
        await Task.WhenAll(signs, groups);
        var (tasks, citizens) = await groups;
        var counts = await signs;
        int CountOf(Guid citizen) => tasks.Where(group => group.AssignedTo == citizen).Sum(group => group.Count);
        return counts with
        {
            All = tasks.Sum(group => group.Count),
            Open = tasks.Where(group => group.Status != WorkTaskStatus.Done).Sum(group => group.Count),
            Review = tasks.Where(group => group.Status == WorkTaskStatus.Review).Sum(group => group.Count),
            Assignees = [.. citizens.Select(citizen => new TaskAssignee(citizen, CountOf(citizen.Id)))],
            Mine = counts.Mine + CountOf(me),
        };
    }

    /// <summary>The person's own tasks by state and citizen, and those citizens, the person first.</summary>
    private async Task<(List<TaskGroup> Groups, List<TaskCitizen> Citizens)> GroupsAsync(Guid me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var groups = await TaskCards
            .Matching(db, me, new TaskQuery())
            .GroupBy(t => new { t.Status, t.AssignedTo })
            .Select(group => new TaskGroup(group.Key.Status, group.Key.AssignedTo, group.Count()))
            .ToListAsync(ct);
        var ids = groups.Select(group => group.AssignedTo).OfType<Guid>().Distinct().ToList();
        var citizens = await db
            .Citizens.Where(c => ids.Contains(c.Id))
            .OrderBy(c => c.Id != me)
            .ThenBy(c => c.DisplayName)
            .Select(c => new TaskCitizen(c.Id, c.Kind, c.DisplayName, c.Avatar, c.AvatarImageId))
            .ToListAsync(ct);
        return (groups, citizens);
    }

    /// <returns>Without what <see cref="GroupsAsync"/> counts; <see cref="TaskCounts.Mine"/> are those in tasks of others.</returns>
    private async Task<TaskCounts> SignsAsync(Guid me, DateTimeOffset dueBefore, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (blocked, due, waiting) = (
            TaskCards.Matching(db, me, new TaskQuery { IsBlocked = true }),
            TaskCards.Matching(db, me, new TaskQuery { DueBefore = dueBefore }),
            TaskCards.Matching(db, me, new TaskQuery { IsWaiting = true })
        );
        var shares = db.TaskShares.Where(s => s.PersonId == me);
        // As parts of one query they are one round trip.
        var counts = await db
            .Users.Where(p => p.Id == me)
            .Select(_ => new TaskCounts
            {
                Blocked = blocked.Count(),
                Due = due.Count(),
                Waiting = waiting.Count(),
                Shared = shares.Count(s => s.AcceptedAt != null),
                Invitations = shares.Count(s => s.AcceptedAt == null),
            })
            .SingleAsync(ct);
        return counts.Shared == 0
            ? counts
            : counts with
            {
                Mine = await TaskCards.Matching(db, me, new TaskQuery { IsShared = true, AssignedTo = me }).CountAsync(ct),
            };
    }

    private sealed record TaskGroup(WorkTaskStatus Status, Guid? AssignedTo, int Count);
}
