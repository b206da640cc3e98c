using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Attempts;
using Republic.Core.Accounts.SigningUp;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Account;

[AllowAnonymous]
public sealed class SignUpModel(
    SignUp signUp,
    SignUpPolicy policy,
    AddressFailures failures,
    SignIn signIn,
    BrowserSession browser,
    KnownBrowsers known
) : PageModel
{
    [BindProperty]
    public SignUpForm Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Why nobody can sign up here and now; null where somebody can.</summary>
    public string? Problem { get; private set; }

    /// <param name="invitation">The token of an invitation's link.</param>
    public async Task OnGetAsync(string? invitation, CancellationToken ct)
    {
        Input.Invitation = invitation;
        Problem = await policy.ProblemAsync(invitation, ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var address = HttpContext.Connection.RemoteIpAddress;
        if (failures.Begin(address, AttemptKind.Password) is { } wait)
        {
            return this.Refuse(Failure.TooMany("Too many attempts from this address. Try again in a minute.") with { RetryAfter = wait });
        }

        var made = await signUp.RegisterAsync(Input.ToInput(!FirstRunRedirect.AsksForToken(HttpContext)), ct);
        if (made.Failure is { Kind: FailureKind.Forbidden } refused)
        {
            Problem = refused.Message;
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }

        if (!made.Ok)
        {
            return this.Refuse(made.Failure);
        }

        if (!string.IsNullOrEmpty(Input.Invitation) && await SignInAsync(ct))
        {
            return LocalRedirect(ReturnAddress.Of(Url, ReturnUrl) ?? "/welcome");
        }

        // Neither signed in nor taken back from the count: an address that has an account already gets this same answer.
        return RedirectToPage("/Account/SignIn", new { signedUp = true, ReturnUrl });
    }

    /// <summary>With what was typed: an address that had an account before has another password, and is not signed in.</summary>
    private async Task<bool> SignInAsync(CancellationToken ct)
    {
        var email = Input.Email?.Trim() ?? "";
        var address = HttpContext.Connection.RemoteIpAddress;
        var found = await signIn.CheckAsync(email, Input.Password ?? "", address, known.Find(Request, email), ct);
        if (found.Ok)
        {
            await browser.BeginAsync(HttpContext, found.Value);
        }

        return found.Ok;
    }
}
