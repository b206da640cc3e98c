using Microsoft.AspNetCore.Identity;

namespace Republic.Core.Accounts;

/// <summary>What a person changes about their own account.</summary>
public sealed class Profile(UserManager<Person> people, Sessions sessions)
{
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
        var errors = new List<FieldError>();
        if (name.Length is 0 or > SignUp.NameLength)
        {
            errors.Add(new FieldError("display_name", $"Enter a name of at most {SignUp.NameLength} characters."));
        }

        if (!SignUp.IsEmail(address))
        {
            errors.Add(new FieldError("email", "Enter an e-mail address, such as mira@example.org."));
        }

        var isMoving = !string.Equals(address, person.Email, StringComparison.OrdinalIgnoreCase);
        if (isMoving && !await people.CheckPasswordAsync(person, password ?? ""))
        {
            errors.Add(new FieldError("password", "A new e-mail address needs your current password. Nothing was changed."));
        }

        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        person.Citizen.DisplayName = name;
        person.Email = address;
        person.UserName = address;
        var saved = await people.UpdateAsync(person);
        return saved.Succeeded ? person : Failure.Invalid("email", SignUp.Explain(saved.Errors.First()));
    }

    /// <summary>Ends every other session of the person.</summary>
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

        var changed = await people.ChangePasswordAsync(person, current ?? "", chosen!);
        if (!changed.Succeeded)
        {
            return Failure.Invalid("current_password", "This is not your current password. Nothing was changed.");
        }

        await sessions.EndOthersAsync(personId, session, ct);
        return person;
    }
}
