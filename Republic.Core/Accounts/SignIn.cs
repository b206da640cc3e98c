using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Republic.Core.Accounts.Attempts;
using Republic.Core.Audit;

namespace Republic.Core.Accounts;

/// <summary>
/// Checks an e-mail address and a password. A known and an unknown address get the same answer after the same work,
/// and both have to wait after too many wrong passwords.
/// </summary>
public sealed class SignIn(UserManager<Person> people, SignInAttempts attempts, AddressFailures addresses, AuditLog audit)
{
    public const string Wrong = "The e-mail address or the password is not right. Check both and try again.";

    public const string Deactivated = "This account is deactivated. Ask a superuser of this republic.";

    // The hash of a password nobody knows, so that an unknown address costs as much as a known one.
    private static readonly Lazy<string> NobodysHash = new(() =>
        new PasswordHasher<string>().HashPassword("", RandomNumberGenerator.GetHexString(32))
    );

    /// <param name="browser">A browser that this address was signed in with before; null for any other.</param>
    public async Task<Outcome<Person>> CheckAsync(string email, string password, IPAddress? address, Guid? browser, CancellationToken ct)
    {
        if (addresses.Begin(address, AttemptKind.Password) is { } pause)
        {
            return TooMany(pause);
        }

        var subject = browser is { } known ? SignInAttempts.OfBrowser(known) : SignInAttempts.OfEmail(people.NormalizeEmail(email));
        if (await attempts.BeginAsync(subject, ct) is { } wait)
        {
            return TooMany(wait);
        }

        var person = await people.FindByEmailAsync(email);
        var checkedHash = people.PasswordHasher.VerifyHashedPassword(person!, person?.PasswordHash ?? NobodysHash.Value, password);
        if (person is null || checkedHash == PasswordVerificationResult.Failed)
        {
            // For an unknown address too, or the time that it takes would tell.
            await audit.WriteForAsync(person?.Id, AuditActions.SignInFailed);
            return new Failure(FailureKind.Forbidden, Wrong, []);
        }

        await attempts.SucceededAsync(subject, ct);
        addresses.Succeeded(address, AttemptKind.Password);
        if (person.DeactivatedAt is not null)
        {
            // Said only to who knows the password.
            await audit.WriteForAsync(person.Id, AuditActions.SignInRefused);
            return Failure.Forbidden(Deactivated);
        }

        return person;
    }

    internal static Failure TooMany(TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        var spoken = seconds < 90 ? $"{seconds} s" : string.Create(CultureInfo.InvariantCulture, $"{(seconds + 59) / 60} min");
        return Failure.TooMany($"Too many wrong attempts. Try again in {spoken}.") with { RetryAfter = TimeSpan.FromSeconds(seconds) };
    }
}
