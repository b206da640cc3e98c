using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts.Attempts;
using Republic.Core.Accounts.Links;
using Republic.Core.Accounts.SigningUp;
using Republic.Core.Audit;
using Republic.Core.Data;

namespace Republic.Core.Accounts;

/// <summary>What a person changes about their own account.</summary>
public sealed class Profile(
    UserManager<Person> people,
    RepublicDb db,
    Sessions sessions,
    PasswordResets resets,
    PasswordCheck passwords,
    AuditLog audit
)
{
    private static readonly Failure Stale = Failure.Conflict("The account was changed meanwhile. Nothing was saved; try again.");

    /// <param name="password">Asked for only when the e-mail address changes: with it an account can be taken.</param>
    public async Task<Outcome<Person>> ChangeAsync(
        Guid personId,
        string? displayName,
        string? email,
        string? password,
        CancellationToken ct
    )
    {
        ct.ThrowIfCancellationRequested();
        var person = await people.FindByIdAsync(personId.ToString());
        if (person is null)
        {
            return Failure.NotFound("account");
        }

        var name = displayName?.Trim() ?? "";
        var address = email?.Trim() ?? "";
        var isMoving = !string.Equals(address, person.Email, StringComparison.OrdinalIgnoreCase);
        var errors = Check(name, address).ToList();
        if (isMoving)
        {
            var needed = new FieldError("password", "A new e-mail address needs your current password. Nothing was changed.");
            var refused = await passwords.RefusalAsync(person, password, needed, ct);
            if (refused is { Kind: not FailureKind.Invalid })
            {
                return refused;
            }

            errors.AddRange(refused?.Fields ?? []);
        }

        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        person.Rename(name);
        person.Email = address;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var saved = await SaveAsync(person);
        if (NameConflict.IsIn(saved))
        {
            return NameConflict.Refusal("display_name", name);
        }

        if (IsStale(saved))
        {
            return Stale;
        }

        if (!saved.Succeeded)
        {
            // Not why: that would tell who has an account.
            return Failure.Invalid("email", "This address cannot be used here. Choose another.");
        }

        await audit.CommitAsync(db, AuditActions.ProfileChanged, isMoving ? "e-mail address" : "name", ct);
        return person;
    }

    /// <summary>The account was changed by somebody else since it was read.</summary>
    private bool IsStale(IdentityResult saved) => saved.Errors.Any(error => error.Code == people.ErrorDescriber.ConcurrencyFailure().Code);

    private static IEnumerable<FieldError> Check(string name, string address)
    {
        if (name.Length is 0 or > SignUp.NameLength)
        {
            yield return new FieldError("display_name", $"Enter a name of at most {SignUp.NameLength} characters.");
        }
        else if (!NameRule.Is(name))
        {
            yield return new FieldError("display_name", NameRule.Rule);
        }

        if (!SignUp.IsEmail(address))
        {
            yield return new FieldError("email", "Enter an e-mail address, such as mira@example.org.");
        }
    }

    private async Task<IdentityResult> SaveAsync(Person person)
    {
        try
        {
            return await people.UpdateAsync(person);
        }
        catch (DbUpdateException error) when (NameConflict.IsRace(error))
        {
            // Asked again, it says which of the two was taken.
            var taken = IdentityResult.Failed();
            foreach (var validator in people.UserValidators)
            {
                taken = await validator.ValidateAsync(people, person) is { Succeeded: false } found ? found : taken;
            }

            return taken;
        }
    }

    /// <summary>Ends every other session of the person, and the links with which a password could be chosen without this one.</summary>
    public async Task<Outcome<Person>> ChangePasswordAsync(
        Guid personId,
        string? current,
        string? chosen,
        Guid? session,
        CancellationToken ct
    )
    {
        var person = await people.FindByIdAsync(personId.ToString());
        if (person is null)
        {
            return Failure.NotFound("account");
        }

        if (Passwords.Reject(chosen ?? "", person.Email!) is { } reason)
        {
            return Failure.Invalid("new_password", reason);
        }

        var wrong = new FieldError("current_password", "This is not your current password. Nothing was changed.");
        if (await passwords.RefusalAsync(person, current, wrong, ct) is { } refused)
        {
            return refused;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var changed = await people.ChangePasswordAsync(person, current ?? "", chosen!);
        if (IsStale(changed))
        {
            return Stale;
        }

        if (!changed.Succeeded)
        {
            return Failure.Invalid([wrong]);
        }

        // What was opened with the former password ends with it.
        await resets.ExpireAsync(personId, ct);
        await Sessions.EndOthersAsync(db, personId, session, ct);
        await audit.CommitAsync(db, AuditActions.PasswordChanged, subject: null, ct);
        sessions.Forget();
        return person;
    }
}
