using Microsoft.AspNetCore.Identity;
using Republic.Core.Audit;

namespace Republic.Core.Accounts.Attempts;

/// <summary>
/// Asks somebody who is signed in for the password once more. Wrong ones count as at the sign-in: whoever stole a session must not find out
/// the password with it.
/// </summary>
public sealed class PasswordCheck(UserManager<Person> people, SignInAttempts attempts, AuditLog audit)
{
    /// <returns>Null where it is right; otherwise what is wrong, or how long to wait.</returns>
    internal async Task<Failure?> RefusalAsync(Person person, string? password, FieldError wrong, CancellationToken ct)
    {
        var subject = SignInAttempts.OfPerson(person.Id);
        if (await attempts.BeginAsync(subject, ct) is { } wait)
        {
            return SignIn.TooMany(wait);
        }

        if (!await people.CheckPasswordAsync(person, password ?? ""))
        {
            await audit.WriteAsync(AuditActions.SignInFailed);
            return Failure.Invalid([wrong]);
        }

        await attempts.SucceededAsync(subject, ct);
        return null;
    }
}
