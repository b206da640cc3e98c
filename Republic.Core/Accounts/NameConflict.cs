using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Republic.Core.Accounts;

/// <summary>Recognizes that a user name is taken, and words the refusal. Names are unique without regard to case.</summary>
internal static class NameConflict
{
    public static bool IsIn(IdentityResult result) =>
        result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.DuplicateUserName));

    /// <summary>Somebody took the name, or the address, between the question and the write.</summary>
    public static bool IsRace(DbUpdateException error) =>
        error.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <param name="field">Where the name was filled in.</param>
    public static Failure Refusal(string field, string name)
    {
        var message = $"Somebody here is called {name} already. Choose another name.";
        return new Failure(FailureKind.Conflict, message, [new FieldError(field, message)]);
    }
}
