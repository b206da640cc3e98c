using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Accounts.Attempts;

/// <summary>
/// Limits wrong guesses in a row. A try is counted before it is looked at, and taken back when it was right: of guesses that are sent
/// together, exactly as many are looked at as of guesses sent one after the other.
/// </summary>
public sealed class SignInAttempts(RepublicDb db, IOptions<AccountOptions> options, TimeProvider time)
{
    public static byte[] OfEmail(string? normalizedEmail) => Hash($"{normalizedEmail}");

    /// <summary>
    /// A browser that this address was signed in with before has tries of its own: otherwise five wrong guesses of a stranger would lock
    /// the owner out, again and again.
    /// </summary>
    public static byte[] OfBrowser(Guid browser) => Hash($"browser {browser}");

    /// <summary>Somebody who is signed in and asked for the password once more: a stolen session is no place to guess it.</summary>
    public static byte[] OfPerson(Guid person) => Hash($"person {person}");

    /// <returns>How long to wait before another try; null when this one may be looked at.</returns>
    public async Task<TimeSpan?> BeginAsync(byte[] subject, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (limit, wait) = (options.Value.FailuresBeforeWait, options.Value.Wait);
        var (forgotten, over) = (now - wait * 3, now - wait);
        await db.FailedSignIns.Where(failed => failed.LastAt < forgotten).ExecuteDeleteAsync(ct);
        var counted = await db.Database.ExecuteSqlAsync(
            $"""
            insert into failed_sign_ins (subject_hash, failures, last_at) values ({subject}, 1, {now})
            on conflict (subject_hash) do update set failures = failed_sign_ins.failures + 1, last_at = {now}
            where failed_sign_ins.failures < {limit} or failed_sign_ins.last_at <= {over}
            """,
            ct
        );
        if (counted > 0)
        {
            return null;
        }

        var last = await db
            .FailedSignIns.Where(failed => failed.SubjectHash == subject)
            .Select(failed => failed.LastAt)
            .FirstOrDefaultAsync(ct);
        var left = last + wait - now;
        return left > TimeSpan.Zero ? left : TimeSpan.FromSeconds(1);
    }

    public Task SucceededAsync(byte[] subject, CancellationToken ct) =>
        db.FailedSignIns.Where(failed => failed.SubjectHash == subject).ExecuteDeleteAsync(ct);

    private static byte[] Hash(string subject) => SHA256.HashData(Encoding.UTF8.GetBytes(subject));
}
