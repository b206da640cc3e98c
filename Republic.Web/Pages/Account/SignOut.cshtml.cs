using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Account;

[AllowAnonymous]
public sealed class SignOutModel(BrowserSession browser) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/account");

    public async Task<IActionResult> OnPostAsync()
    {
        await browser.EndAsync(HttpContext);
        return LocalRedirect("/account/sign-in");
    }
}
