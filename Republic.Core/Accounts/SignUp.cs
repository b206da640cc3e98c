using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Accounts;

/// <summary>Makes accounts. The first one is the superuser.</summary>
public sealed class SignUp(
    UserManager<Person> people,
    RepublicDb db,
    FirstRun firstRun,
    IOptions<AccountOptions> options,
    TimeProvider time
)
{
    public const int NameLength = 100;

    // Any number that nothing else in this database locks.
    private const long FirstAccountLock = 0x5265_7075_626c_6963;

    public async Task<Outcome<Person>> RegisterAsync(SignUpInput input, CancellationToken ct)
    {
        var email = input.Email?.Trim() ?? "";
        var name = input.DisplayName?.Trim() is { Length: > 0 } given ? given : email.Split('@')[0];
        var errors = Check(email, name, input.Password ?? "").ToList();
        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        var person = Person.New(email, name, time.GetUtcNow());
        // Hashed before anything is asked of the database: a known address must not answer faster.
        person.PasswordHash = people.PasswordHasher.HashPassword(person, input.Password!);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({FirstAccountLock})", ct);
        person.IsSuperuser = !await people.Users.AnyAsync(ct);
        if (Refusal(input, person.IsSuperuser) is { } refusal)
        {
            return refusal;
        }

        var made = await people.CreateAsync(person);
        if (!made.Succeeded)
        {
            return Failure.Invalid("email", Explain(made.Errors.First()));
        }

        await transaction.CommitAsync(ct);
        firstRun.Done();
        return person;
    }

    private Failure? Refusal(SignUpInput input, bool first)
    {
        if (first)
        {
            return input.FromHere || firstRun.IsToken(input.SetupToken)
                ? null
                : Failure.Invalid("setup_token", "The first account needs the token that was printed in the log when Republic started.");
        }

        return options.Value.SignUp == SignUpMode.Closed
            ? Failure.Forbidden("Sign-up is closed here. Ask whoever runs this republic for an account.")
            : null;
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

        if (Passwords.Reject(password, email) is { } reason)
        {
            yield return new FieldError("password", reason);
        }
    }

    internal static bool IsEmail(string email) =>
        email.Length is > 2 and <= 254
        && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
        && MailAddress.TryCreate(email, out var parsed)
        && parsed.Address == email;

    internal static string Explain(IdentityError error) =>
        error.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName)
            ? "There is an account with this e-mail address already. Sign in instead."
            : error.Description;
}
