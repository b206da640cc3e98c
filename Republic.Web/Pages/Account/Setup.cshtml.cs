using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Accounts;
using Republic.Core.Accounts.SigningUp;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Account;

/// <summary>The first account, which is the superuser's.</summary>
[AllowAnonymous]
public sealed class SetupModel(FirstRun firstRun, SignUp signUp, BrowserSession browser) : PageModel
{
    [BindProperty]
    public SignUpForm Input { get; set; } = new();

    public bool AsksForToken => FirstRunRedirect.AsksForToken(HttpContext);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await firstRun.IsNeededAsync(ct) ? Page() : LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await firstRun.IsNeededAsync(ct))
        {
            return LocalRedirect("/");
        }

        var made = await signUp.RegisterAsync(Input.ToInput(fromHere: !AsksForToken), ct);
        if (!made.Ok)
        {
            return await firstRun.IsNeededAsync(ct) ? this.Refuse(made.Failure) : LocalRedirect("/");
        }

        if (!made.Value.IsSuperuser)
        {
            // The form was sent twice, or somebody else was first.
            return LocalRedirect("/");
        }

        await browser.BeginAsync(HttpContext, made.Value);
        return LocalRedirect("/welcome");
    }
}
