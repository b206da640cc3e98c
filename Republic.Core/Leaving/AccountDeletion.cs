using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Links;
using Republic.Core.Admin.People;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Tasks;

namespace Republic.Core.Leaving;

/// <summary>
/// Deletes an account with all that is its own, whoever asks for it: first nothing of it goes on, then its rows go in one transaction, and
/// then its files. What the person did in tasks and episodes of others stays without their name.
/// </summary>
public sealed class AccountDeletion(RepublicDb db, PersonEditor editor, LeftTasks tasks, LeftFiles files, AuditLog audit, AfterCommit after)
{
    private static readonly TimeSpan LongestDeletion = TimeSpan.FromMinutes(10);

    /// <summary>Deletes another person's account, as a superuser.</summary>
    /// <returns>The display name of the deleted person.</returns>
    public async Task<Outcome<string>> DeleteAsync(Guid by, Guid id, CancellationToken ct)
    {
        if (id == by)
        {
            return Failure.Conflict("You delete your own account under Account, Sign-in, with your password.");
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

        var entry = (AuditActions.PersonDeleted, $"{person.DisplayName} ({person.Email})");
        return await DeleteRowsAndFilesAsync(by, id, entry) is { } failure ? failure : person.DisplayName;
    }

    /// <summary>
    /// Deletes one's own account; the password was asked for. The audit log says that it was the person, and not what they were called.
    /// </summary>
    internal async Task<Outcome<Guid>> DeleteOwnAsync(Guid id, CancellationToken ct)
    {
        // It is read anew under the lock, and not as it was when the password was looked at.
        db.ChangeTracker.Clear();
        if (await editor.CloseAsync(id, ct) is { Ok: false } refused)
        {
            return refused.Failure;
        }

        return await DeleteRowsAndFilesAsync(by: null, id, (AuditActions.AccountDeleted, null)) is { } failure ? failure : id;
    }

    /// <param name="by">The superuser who asks; null for the person.</param>
    private async Task<Failure?> DeleteRowsAndFilesAsync(Guid? by, Guid id, (string Action, string? Subject) entry)
    {
        // From here on it takes as long as it takes, though who asked closes the page meanwhile.
        var deleted = await db.RetriedAsync(() => DeleteRowsAsync(by, id, entry, CancellationToken.None));
        if (!deleted.Ok)
        {
            return deleted.Failure;
        }

        await after.RunAsync(deleted.Value);
        return null;
    }

    /// <returns>What follows the commit.</returns>
    private async Task<Outcome<List<Func<CancellationToken, Task>>>> DeleteRowsAsync(
        Guid? by,
        Guid id,
        (string Action, string? Subject) entry,
        CancellationToken ct
    )
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
        // All that a person ever made is a lot.
        db.Database.SetCommandTimeout(LongestDeletion);
        List<Func<CancellationToken, Task>> steps = [await tasks.LeaveAsync(db, id, ct), .. await files.OfAsync(db, id, ct)];
        // The rows of all nouns hang on the citizen of their owner or of one of the owner's minions.
        if (await db.Citizens.Where(c => c.Id == id || db.Minions.Any(m => m.Id == c.Id && m.OwnerId == id)).ExecuteDeleteAsync(ct) == 0)
        {
            return Person.NotFound;
        }

        await audit.AppendAsync(db, by ?? id, entry.Action, entry.Subject, ct);
        // It may have taken minutes. The account of who asks is not locked for so long: whoever changes a role locks all superusers, and would
        // wait. But they append to the log in the same transaction, so theirs has ended by now, or ends after this one.
        if (!await db.AdministersAsync(by, ct))
        {
            return PeopleQueries.OnlySuperusers;
        }

        // Who was reactivated meanwhile may be the only one by now.
        if (by is null && !await db.Users.Administering().AnyAsync(ct))
        {
            return Failure.Conflict(AccountLeaving.OnlySuperuser);
        }

        await transaction.CommitAsync(ct);
        return steps;
    }
}
