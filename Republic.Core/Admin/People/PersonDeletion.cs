using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Links;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Serving;
using Republic.Core.Tasks;

namespace Republic.Core.Admin.People;

/// <summary>Deletes an account with all that is its own. Files that no row names any more are swept within the next hours.</summary>
public sealed class PersonDeletion(
    RepublicDb db,
    PersonEditor editor,
    InstalledModels models,
    ServedFiles served,
    AuditLog audit,
    AfterCommit after
)
{
    private static readonly TimeSpan LongestDeletion = TimeSpan.FromMinutes(10);

    /// <returns>The display name of the deleted person.</returns>
    public async Task<Outcome<string>> DeleteAsync(Guid by, Guid id, CancellationToken ct)
    {
        if (id == by)
        {
            return Failure.Conflict("You cannot delete your own account. Ask another superuser.");
        }

        // Deactivated first: nothing new begins, and what runs lets go of what is deleted.
        if (await editor.DeactivateAsync(by, id, ct) is { Ok: false } refused)
        {
            return refused.Failure;
        }

        var person = await db
            .Users.AsNoTracking()
            .Where(p => p.Id == id)
            .Select(p => new { p.Citizen.DisplayName, p.Email })
            .SingleOrDefaultAsync(ct);
        if (person is null)
        {
            return Person.NotFound;
        }

        var files = await models.FilesOfAsync(id, ct);
        // From here on it takes as long as it takes, though who asked closes the page meanwhile.
        var subject = $"{person.DisplayName} ({person.Email})";
        if (await db.RetriedAsync(() => DeleteRowsAsync(by, id, subject, CancellationToken.None)) is { } failure)
        {
            return failure;
        }

        await after.RunAsync(files.Select(file => (Func<CancellationToken, Task>)(end => served.FollowAsync(file, end))));
        return person.DisplayName;
    }

    private async Task<Failure?> DeleteRowsAsync(Guid by, Guid id, string subject, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A task that is being made writes its number before it asks whether its owner exists, and a profile writes the citizen first.
        await db.LockTasksAsync(id, ct);
        await db.Database.ExecuteSqlAsync($"select 1 from citizens where id = {id} for update", ct);
        await db.LockPeopleAsync([id], ct);
        if (!await db.AdministersAsync(by, ct))
        {
            return PeopleQueries.OnlySuperusers;
        }

        // Somebody may have reactivated them meanwhile, and a link without a maker passes for one that was made in a terminal.
        await db.WithdrawLinksAsync(id, ct);
        await LeaveTasksAsync(id, ct);
        // All that a person ever made is a lot.
        db.Database.SetCommandTimeout(LongestDeletion);
        // The rows of all nouns hang on the citizen of their owner or of one of the owner's minions.
        if (await db.Citizens.Where(c => c.Id == id || db.Minions.Any(m => m.Id == c.Id && m.OwnerId == id)).ExecuteDeleteAsync(ct) == 0)
        {
            return Person.NotFound;
        }

        await audit.AppendAsync(db, by, AuditActions.PersonDeleted, subject, ct);
        // It may have taken minutes. The account of who asks is not locked for so long: whoever changes a role locks all superusers, and would
        // wait. But they append to the log in the same transaction, so theirs has ended by now, or ends after this one.
        if (!await db.AdministersAsync(by, ct))
        {
            return PeopleQueries.OnlySuperusers;
        }

        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>
    /// Keeps a guest's files in tasks of others, leaves tasks that were assigned to the person without an assignee, and invitations that they
    /// did not answer as those to a name that nobody has.
    /// </summary>
    private async Task LeaveTasksAsync(Guid id, CancellationToken ct)
    {
        await db
            .TaskAttachments.Where(a => a.CitizenId == id && db.Tasks.Any(t => t.Id == a.TaskId && t.OwnerId != id))
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(a => a.OwnerId, a => db.Tasks.First(t => t.Id == a.TaskId).OwnerId)
                        .SetProperty(a => a.CitizenId, a => db.Tasks.First(t => t.Id == a.TaskId).OwnerId),
                ct
            );
        await db
            .TaskShares.Where(s => s.PersonId == id && s.AcceptedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.PersonId, (Guid?)null), ct);
        await db
            .Tasks.Where(t => t.AssignedTo == id && t.OwnerId != id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(t => t.AssignedTo, (Guid?)null)
                        .SetProperty(t => t.AssignedBy, (Guid?)null)
                        .SetProperty(t => t.AssignedAt, (DateTimeOffset?)null),
                ct
            );
    }
}
