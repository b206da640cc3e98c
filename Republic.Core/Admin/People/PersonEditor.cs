using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Audit;
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
    Sessions sessions,
    PersonChanges changes,
    ServedFiles files,
    AuditLog audit,
    TimeProvider time
)
{
    public Task<Outcome<Guid>> SetRoleAsync(Guid id, bool isSuperuser, CancellationToken ct) =>
        ChangeAsync(
            id,
            person =>
                isSuperuser && person.DeactivatedAt is not null
                    ? Failure.Conflict(
                        $"{person.Citizen.DisplayName} is deactivated. Reactivate the account before you make it a superuser's."
                    )
                    : null,
            person => person.IsSuperuser = isSuperuser,
            (AuditActions.RoleChanged, isSuperuser ? "superuser" : "member"),
            ct
        );

    /// <param name="by">Who asks; null in a terminal.</param>
    public async Task<Outcome<Guid>> DeactivateAsync(Guid? by, Guid id, CancellationToken ct)
    {
        if (id == by)
        {
            return Failure.Conflict("You cannot deactivate your own account. Ask another superuser.");
        }

        var done = await ChangeAsync(
            id,
            _ => null,
            person => person.DeactivatedAt ??= time.GetUtcNow(),
            (AuditActions.PersonDeactivated, null),
            ct
        );
        if (done.Ok)
        {
            // What is saved holds, though who asked is gone.
            await sessions.EndOthersAsync(id, kept: null, CancellationToken.None);
            await files.FollowOwnerAsync(id, CancellationToken.None);
        }

        return done;
    }

    public async Task<Outcome<Guid>> ReactivateAsync(Guid id, CancellationToken ct)
    {
        var done = await ChangeAsync(id, _ => null, person => person.DeactivatedAt = null, (AuditActions.PersonReactivated, null), ct);
        if (done.Ok)
        {
            await files.FollowOwnerAsync(id, CancellationToken.None);
        }

        return done;
    }

    private async Task<Outcome<Guid>> ChangeAsync(
        Guid id,
        Func<Person, Failure?> refuse,
        Action<Person> change,
        (string Action, string? Detail) entry,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // So that two superusers who demote each other at once do not both succeed.
        await db.Database.ExecuteSqlAsync($"select 1 from people where is_superuser or id = {id} order by id for update", ct);
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
        if (
            person is not { IsSuperuser: true, DeactivatedAt: null }
            && !await db.Users.AnyAsync(p => p.Id != id && p.IsSuperuser && p.DeactivatedAt == null, ct)
        )
        {
            return Failure.Conflict($"{person.Citizen.DisplayName} is the only superuser. Make somebody else one first.");
        }

        if (before != (person.IsSuperuser, person.DeactivatedAt))
        {
            // A profile or password that is being saved meanwhile would write the former role and state back: its save is refused.
            person.ConcurrencyStamp = Guid.CreateVersion7().ToString();
            await db.SaveChangesAsync(ct);
            if (person.DeactivatedAt is not null)
            {
                await HoldWorkAsync(id, ct);
            }

            await WithdrawLinksAsync(person, ct);
            await audit.AppendAsync(db, audit.Asking, entry.Action, Subject(person, entry.Detail), ct);
        }

        await transaction.CommitAsync(ct);
        changes.Changed(id);
        return id;
    }

    /// <summary>Puts running jobs back and stops answers. Their nodes notice at the next heartbeat, and nobody takes the jobs meanwhile.</summary>
    private async Task HoldWorkAsync(Guid owner, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            update jobs set status = 'Queued', epoch = epoch + 1, attempts = attempts - 1, node = null, waits_for = null
            where owner_id = {owner} and status = 'Running'
            """,
            ct
        );
        await db
            .Messages.OwnedBy(db, owner)
            .BeingWritten()
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MessageState.Stopped), ct);
    }

    /// <summary>Links that somebody made as a superuser are of no use once they are none: through one they would come back in.</summary>
    private async Task WithdrawLinksAsync(Person person, CancellationToken ct)
    {
        if (person is not { IsSuperuser: true, DeactivatedAt: null })
        {
            await db.PasswordResets.Where(r => r.MadeBy == person.Id && r.UsedAt == null).ExecuteDeleteAsync(ct);
            await db.Invitations.Where(i => i.MadeBy == person.Id && i.UsedAt == null).ExecuteDeleteAsync(ct);
        }
    }

    private static string Subject(Person person, string? detail) =>
        detail is null ? $"{person.Citizen.DisplayName} ({person.Email})" : $"{person.Citizen.DisplayName} ({person.Email}): {detail}";
}
