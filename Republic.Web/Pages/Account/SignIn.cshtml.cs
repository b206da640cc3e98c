using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Republic.Core.Accounts;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Account;

[AllowAnonymous]
public sealed class SignInModel(SignIn signIn, BrowserSession browser, IOptions<AccountOptions> options) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public bool IsOpen => options.Value.SignUp == SignUpMode.Open;

    public IActionResult OnGet() => CurrentPerson.FromOrNull(User) is null ? Page() : LocalRedirect(Destination());

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var found = await signIn.CheckAsync(Email?.Trim() ?? "", Password ?? "", HttpContext.Connection.RemoteIpAddress, ct);
        if (found.Ok)
        {
            await browser.BeginAsync(HttpContext, found.Value);
            return LocalRedirect(Destination());
        }

        ModelState.AddModelError("", found.Failure.Message);
        Response.StatusCode = found.Failure.RetryAfter is null ? StatusCodes.Status400BadRequest : StatusCodes.Status429TooManyRequests;
        Response.SetRetryAfter(found.Failure.RetryAfter);
        return Page();
    }

    // Only to a place of our own: a link in a mail must not lead away by way of the sign-in.
    private string Destination() => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/";
}
