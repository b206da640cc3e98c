using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;

namespace Republic.Core.Accounts.SigningUp;

/// <summary>
/// Makes accounts. The first one is the superuser. An e-mail address that has an account gets the same answer as one that has none; only
/// signing in tells whether it is one's own.
/// </summary>
public sealed class SignUp(UserManager<Person> people, RepublicDb db, SignUpPolicy policy, AuditLog audit, TimeProvider time)
{
    public const int NameLength = 100;

    public async Task<Outcome<Person>> RegisterAsync(SignUpInput input, CancellationToken ct)
    {
        var email = input.Email?.Trim() ?? "";
        var given = input.DisplayName?.Trim() is { Length: > 0 } chosen ? chosen : null;
        var name = given ?? email.Split('@')[0];
        var errors = Check(email, name, input.Password ?? "").ToList();
        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        var person = Person.New(email, name, time.GetUtcNow());
        // Hashed before anything is asked of the database: a known address must not answer faster.
        person.PasswordHash = people.PasswordHasher.HashPassword(person, input.Password!);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdvisoryLocks.SignUp})", ct);
        person.IsSuperuser = !await people.Users.AnyAsync(ct);
        if (await policy.RefusalAsync(input, person.IsSuperuser, ct) is { } refusal)
        {
            return refusal;
        }

        if (given is null)
        {
            person.Rename(await FreeNameAsync(name, ct));
        }

        var created = await CreateAsync(person);
        if (NameConflict.IsIn(created))
        {
            return NameConflict.Refusal("username", name);
        }

        // Whoever has an account already is not told so: this person is nobody, and cannot sign in with what they chose.
        if (!created.Succeeded)
        {
            return person;
        }

        var invited = await policy.AdmitAsync(input, person, ct);
        if (!invited.Ok)
        {
            return invited.Failure;
        }

        var admitted =
            person.IsSuperuser ? "superuser"
            : invited.Value ? "invited"
            : null;
        await audit.CommitAsync(db, person.Id, AuditActions.SignedUp, admitted, ct);
        policy.Done();
        return person;
    }

    private async Task<IdentityResult> CreateAsync(Person person)
    {
        try
        {
            return await people.CreateAsync(person);
        }
        catch (DbUpdateException error) when (NameConflict.IsRace(error))
        {
            // Sign-ups take turns, so it was somebody who changed their name or address.
            return IdentityResult.Failed(people.ErrorDescriber.DuplicateUserName(person.UserName!));
        }
    }

    /// <summary>A user name that nobody has: "mira", or "mira 2", or one with a number that nobody guesses.</summary>
    private async Task<string> FreeNameAsync(string name, CancellationToken ct)
    {
        var free = name;
        for (var number = 2; number <= 5; number++)
        {
            var normalized = people.NormalizeName(free);
            if (!await people.Users.AnyAsync(p => p.NormalizedUserName == normalized, ct))
            {
                return free;
            }

            free = $"{name.AtMost(NameLength - 10)} {number}";
        }

        return $"{name.AtMost(NameLength - 10)} {RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    }

    private static IEnumerable<FieldError> Check(string email, string name, string password)
    {
        if (!IsEmail(email))
        {
            yield return new FieldError("email", "Enter an e-mail address, such as mira@example.org.");
        }

        if (name.Length > NameLength)
        {
            yield return new FieldError("username", $"A name has at most {NameLength} characters.");
        }
        else if (!NameRule.Is(name))
        {
            yield return new FieldError("username", NameRule.Rule);
        }

        if (Passwords.Reject(password, email) is { } reason)
        {
            yield return new FieldError("password", reason);
        }
    }

    internal static bool IsEmail(string email) =>
        email.Length is > 2 and <= 254
        && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format)
        && MailAddress.TryCreate(email, out var parsed)
        && parsed.Address == email;
}
