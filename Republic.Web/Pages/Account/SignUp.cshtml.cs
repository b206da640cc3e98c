using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Attempts;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Account;

[AllowAnonymous]
public sealed class SignUpModel(SignUp signUp, AddressFailures failures, IOptions<AccountOptions> options) : PageModel
{
    [BindProperty]
    public SignUpForm Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public bool IsClosed => options.Value.SignUp == SignUpMode.Closed;

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var address = HttpContext.Connection.RemoteIpAddress;
        if (failures.Begin(address, AttemptKind.Password) is { } wait)
        {
            return this.Refuse(Failure.TooMany("Too many attempts from this address. Try again in a minute.") with { RetryAfter = wait });
        }

        var made = await signUp.RegisterAsync(Input.ToInput(!FirstRunRedirect.AsksForToken(HttpContext)), ct);
        if (!made.Ok)
        {
            return this.Refuse(made.Failure);
        }

        // Neither signed in nor taken back from the count: an address that has an account already gets this same answer.
        return RedirectToPage("/Account/SignIn", new { signedUp = true, ReturnUrl });
    }
}
