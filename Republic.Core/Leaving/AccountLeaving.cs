using System.Net;
using Microsoft.AspNetCore.Identity;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Attempts;

namespace Republic.Core.Leaving;

/// <summary>Deletes the account of who asks, with their password. The last superuser stays.</summary>
public sealed class AccountLeaving(
    UserManager<Person> people,
    LeavingReader reader,
    PasswordCheck passwords,
    AddressFailures addresses,
    AccountDeletion deletion
)
{
    public const string OnlySuperuser = "You are the only superuser. Make somebody else one first, on their page under Administration.";

    private static readonly FieldError Wrong = new("password", "This is not your current password. Nothing was deleted.");

    /// <param name="address">From where it is asked for: wrong passwords count there too.</param>
    /// <returns>The id of the account, which is gone.</returns>
    public async Task<Outcome<Guid>> LeaveAsync(Guid id, string? password, IPAddress? address, CancellationToken ct)
    {
        if (await reader.IsOnlySuperuserAsync(id, ct))
        {
            return Failure.Conflict(OnlySuperuser);
        }

        if (addresses.Begin(address, AttemptKind.Password) is { } pause)
        {
            return SignIn.TooMany(pause);
        }

        if (await people.FindByIdAsync(id.ToString()) is not { } person)
        {
            return Failure.NotFound("account");
        }

        if (await passwords.RefusalAsync(person, password, Wrong, ct) is { } refused)
        {
            return refused;
        }

        addresses.Succeeded(address, AttemptKind.Password);
        return await deletion.DeleteOwnAsync(id, ct);
    }
}
