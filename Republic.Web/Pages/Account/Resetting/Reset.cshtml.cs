using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Accounts.Attempts;
using Republic.Core.Accounts.Links;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Account.Resetting;

/// <summary>Reached with the link that a superuser made: a new password without the old one.</summary>
[AllowAnonymous]
public sealed class ResetModel(PasswordResets resets, AddressFailures failures) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public ResetForm Input { get; set; } = new();

    public bool IsOpen { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => IsOpen = await resets.IsOpenAsync(Token, ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        IsOpen = await resets.IsOpenAsync(Token, ct);
        if (failures.Begin(HttpContext.Connection.RemoteIpAddress, AttemptKind.Password) is { } wait)
        {
            return this.Refuse(Failure.TooMany("Too many attempts from this address. Try again in a minute.") with { RetryAfter = wait });
        }

        var changed = await resets.UseAsync(Token, Input.NewPassword, ct);
        if (!changed.Ok)
        {
            return this.Refuse(changed.Failure);
        }

        failures.Succeeded(HttpContext.Connection.RemoteIpAddress, AttemptKind.Password);
        this.Toast("Your password is changed.", "Sign in with it.");
        return RedirectToPage("/Account/SignIn");
    }
}
