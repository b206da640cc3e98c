using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Attempts;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Account;

public sealed class PasswordModel(Profile profile, AddressFailures failures) : PageModel
{
    [BindProperty]
    public PasswordForm Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var address = HttpContext.Connection.RemoteIpAddress;
        if (failures.Begin(address, AttemptKind.Password) is { } wait)
        {
            return this.Refuse(Failure.TooMany("Too many wrong attempts. Try again in a minute.") with { RetryAfter = wait });
        }

        var session = PersonClaims.SessionOf(User);
        var changed = await profile.ChangePasswordAsync(CurrentPerson.From(User).Id, Input.CurrentPassword, Input.NewPassword, session, ct);
        if (!changed.Ok)
        {
            return this.Refuse(changed.Failure);
        }

        failures.Succeeded(address, AttemptKind.Password);
        this.Toast(
            "Your password is changed.",
            "Other browsers and apps have to sign in again. Access tokens and minions' keys stay good."
        );
        return RedirectToPage();
    }
}
