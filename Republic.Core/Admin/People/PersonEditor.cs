using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Links;
using Republic.Core.Answering.Turns;
using Republic.Core.Audit;
using Republic.Core.Chats.Answers;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.PersonalModels.Serving;

namespace Republic.Core.Admin.People;

/// <summary>
/// Changes roles, deactivates and reactivates. Somebody who is deactivated is signed out everywhere; their tokens and the keys of their
/// minions are refused, answers that are being written stop, and jobs wait. What they own stays, and it all works again when they are
/// reactivated; until then what they pinned or want to stay in memory does not count.
/// </summary>
public sealed class PersonEditor(
    RepublicDb db,
    PersonChanges changes,
    ServedFiles files,
    AuditLog audit,
    AfterCommit after,
    TimeProvider time
)
{
    /// <param name="by">Who asks; null in a terminal.</param>
    public Task<Outcome<Guid>> SetRoleAsync(Guid? by, Guid id, bool isSuperuser, CancellationToken ct) =>
        ChangeAsync(
            by,
            id,
            person =>
                isSuperuser && person.DeactivatedAt is not null
                    ? Failure.Conflict(
                        $"{person.Citizen.DisplayName} is deactivated. Reactivate the account before you make it a superuser's."
                    )
                    : null,
            person => person.IsSuperuser = isSuperuser,
            (AuditActions.RoleChanged, person => $"{Subject(person)}: {(isSuperuser ? "superuser" : "member")}"),
            ct
        );

    /// <param name="by">Who asks; null in a terminal.</param>
    public async Task<Outcome<Guid>> DeactivateAsync(Guid? by, Guid id, CancellationToken ct) =>
        id == by
            ? Failure.Conflict("You cannot deactivate your own account. Ask another superuser.")
            : await DeactivateAsync(by, id, Subject, ct);

    /// <summary>Deactivates the account of somebody who is deleting it. The log says that it was they, and not what they were called.</summary>
    internal Task<Outcome<Guid>> CloseAsync(Guid id, CancellationToken ct) => DeactivateAsync(by: null, id, _ => null, ct);

    /// <param name="by">Who asks; null in a terminal.</param>
    public async Task<Outcome<Guid>> ReactivateAsync(Guid? by, Guid id, CancellationToken ct)
    {
        var done = await ChangeAsync(
            by,
            id,
            _ => null,
            person => person.DeactivatedAt = null,
            (AuditActions.PersonReactivated, Subject),
            ct
        );
        if (done.Ok)
        {
            await after.RunAsync(end => files.FollowOwnerAsync(id, end));
        }

        return done;
    }

    private async Task<Outcome<Guid>> DeactivateAsync(Guid? by, Guid id, Func<Person, string?> subject, CancellationToken ct)
    {
        var done = await ChangeAsync(
            by,
            id,
            _ => null,
            person => person.DeactivatedAt ??= time.GetUtcNow(),
            (AuditActions.PersonDeactivated, subject),
            ct
        );
        if (done.Ok)
        {
            await after.RunAsync(end => files.FollowOwnerAsync(id, end));
        }

        return done;
    }

    private async Task<Outcome<Guid>> ChangeAsync(
        Guid? by,
        Guid id,
        Func<Person, Failure?> refuse,
        Action<Person> change,
        (string Action, Func<Person, string?> Subject) entry,
        CancellationToken ct
    )
    {
        // Whatever somebody who is to be deactivated keeps on doing must not prevent it.
        var changed = await db.RetriedAsync(() => ChangeOnceAsync(by, id, refuse, change, entry, ct));
        if (changed.Ok)
        {
            changes.Changed(id);
        }

        return changed;
    }

    private async Task<Outcome<Guid>> ChangeOnceAsync(
        Guid? by,
        Guid id,
        Func<Person, Failure?> refuse,
        Action<Person> change,
        (string Action, Func<Person, string?> Subject) entry,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // So that two superusers who demote each other at once do not both succeed.
        await db.Database.ExecuteSqlAsync($"select 1 from people where is_superuser or id = {id} order by id for no key update", ct);
        if (!await db.AdministersAsync(by, ct))
        {
            return PeopleQueries.OnlySuperusers;
        }

        if (await db.Users.SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person)
        {
            return Person.NotFound;
        }

        if (refuse(person) is { } refused)
        {
            return refused;
        }

        var before = (person.IsSuperuser, person.DeactivatedAt);
        change(person);
        if (person is not { IsSuperuser: true, DeactivatedAt: null } && !await db.Users.Administering().AnyAsync(p => p.Id != id, ct))
        {
            return Failure.Conflict($"{person.Citizen.DisplayName} is the only superuser. Make somebody else one first.");
        }

        if (before != (person.IsSuperuser, person.DeactivatedAt))
        {
            // A profile or password that is being saved meanwhile would write the former role and state back: its save is refused.
            person.ConcurrencyStamp = Guid.CreateVersion7().ToString();
            await db.SaveChangesAsync(ct);
            if (person.DeactivatedAt is { } since)
            {
                await HoldWorkAsync(id, ct);
                // Forgotten on all nodes once it is committed, by PersonChanges.
                await Sessions.EndOthersAsync(db, id, kept: null, ct);
                // One that was made for them would work again when they are reactivated.
                await PasswordResets.ExpireAsync(db, id, since, ct);
            }

            if (person is not { IsSuperuser: true, DeactivatedAt: null })
            {
                await db.WithdrawLinksAsync(id, ct);
            }

            await audit.AppendAsync(db, audit.Asking, entry.Action, entry.Subject(person), ct);
        }

        await transaction.CommitAsync(ct);
        return id;
    }

    /// <summary>Puts running jobs back and stops answers. Their nodes notice at the next heartbeat, and nobody takes the jobs meanwhile.</summary>
    private async Task HoldWorkAsync(Guid owner, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            update jobs set status = 'Queued', epoch = epoch + 1, attempts = attempts - 1, node = null, waits_for = null
            where id in (select id from jobs where owner_id = {owner} and status = 'Running' order by id for no key update)
            """,
            ct
        );
        await db.CloseAnswersAsync(db.Messages.OwnedBy(db, owner), TurnState.Stopped, error: null, ct);
    }

    private static string Subject(Person person) => $"{person.Citizen.DisplayName} ({person.Email})";
}
