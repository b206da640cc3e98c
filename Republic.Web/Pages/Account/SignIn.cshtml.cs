using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Links;
using Republic.Core.Accounts.SigningUp;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Account;

[AllowAnonymous]
public sealed class SignInModel(SignIn signIn, BrowserSession browser, KnownBrowsers known, PasswordResets resets, SignUpPolicy policy)
    : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Somebody comes from the sign-up.</summary>
    [BindProperty(SupportsGet = true)]
    public bool SignedUp { get; set; }

    public bool IsOpen => policy.Mode == SignUpMode.Open;

    public IActionResult OnGet() => CurrentPerson.FromOrNull(User) is null ? Page() : LocalRedirect(Destination());

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var email = Email?.Trim() ?? "";
        var address = HttpContext.Connection.RemoteIpAddress;
        var found = await signIn.CheckAsync(email, Password ?? "", address, known.Find(Request, email), ct);
        if (found.Ok)
        {
            await browser.BeginAsync(HttpContext, found.Value);
            if (await resets.UnreadNoticeAsync(found.Value.Id, ct) is { } notice)
            {
                this.Toast("About your password.", notice, tone: "warn");
            }

            return LocalRedirect(Destination());
        }

        ModelState.AddModelError("", found.Failure.Message);
        Response.StatusCode = found.Failure.RetryAfter is null ? StatusCodes.Status400BadRequest : StatusCodes.Status429TooManyRequests;
        Response.SetRetryAfter(found.Failure.RetryAfter);
        return Page();
    }

    private string Destination() => ReturnAddress.Of(Url, ReturnUrl) ?? (SignedUp ? "/welcome" : "/");
}
