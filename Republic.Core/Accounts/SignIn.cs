using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Accounts;

/// <summary>
/// Checks an e-mail address and a password. A known and an unknown address get the same answer after the same work,
/// and both have to wait after too many wrong passwords.
/// </summary>
public sealed class SignIn(
    UserManager<Person> people,
    RepublicDb db,
    AddressFailures addresses,
    IOptions<AccountOptions> options,
    TimeProvider time
)
{
    public const string Wrong = "The e-mail address or the password is not right. Check both and try again.";

    // The hash of a password nobody knows, so that an unknown address costs as much as a known one.
    private static readonly Lazy<string> NobodysHash = new(() =>
        new PasswordHasher<string>().HashPassword("", RandomNumberGenerator.GetHexString(32))
    );

    public async Task<Outcome<Person>> CheckAsync(string email, string password, IPAddress? address, CancellationToken ct)
    {
        if (addresses.WaitFor(address, AttemptKind.Password) is { } wait)
        {
            return TooMany(wait);
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(people.NormalizeEmail(email) ?? ""));
        var failed = await db.FailedSignIns.AsNoTracking().FirstOrDefaultAsync(f => f.EmailHash == hash, ct);
        if (failed?.Failures >= options.Value.FailuresBeforeWait && failed.LastAt + options.Value.Wait > time.GetUtcNow())
        {
            addresses.Add(address, AttemptKind.Password);
            return TooMany(failed.LastAt + options.Value.Wait - time.GetUtcNow());
        }

        var person = await people.FindByEmailAsync(email);
        var checkedHash = people.PasswordHasher.VerifyHashedPassword(person!, person?.PasswordHash ?? NobodysHash.Value, password);
        if (person is null || checkedHash == PasswordVerificationResult.Failed)
        {
            addresses.Add(address, AttemptKind.Password);
            await CountAsync(hash, ct);
            return new Failure(FailureKind.Forbidden, Wrong, []);
        }

        await db.FailedSignIns.Where(f => f.EmailHash == hash).ExecuteDeleteAsync(ct);
        return person;
    }

    private static Failure TooMany(TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        var spoken = seconds < 90 ? $"{seconds} s" : string.Create(CultureInfo.InvariantCulture, $"{(seconds + 59) / 60} min");
        return Failure.TooMany($"Too many wrong attempts. Try again in {spoken}.") with { RetryAfter = TimeSpan.FromSeconds(seconds) };
    }

    // One statement, so that parallel guesses are all counted. Old rows go with it.
    private async Task CountAsync(byte[] hash, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var forgotten = now - options.Value.Wait * 3;
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO failed_sign_ins (email_hash, failures, last_at) VALUES ({hash}, 1, {now})
            ON CONFLICT (email_hash) DO UPDATE SET
                failures = CASE WHEN failed_sign_ins.last_at < {forgotten} THEN 1 ELSE failed_sign_ins.failures + 1 END,
                last_at = {now}
            """,
            ct
        );
        await db.FailedSignIns.Where(f => f.LastAt < forgotten).ExecuteDeleteAsync(ct);
    }
}
