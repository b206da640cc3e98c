using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Attempts;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Account;

public sealed class IndexModel(Profile profile, BrowserSession browser, AddressFailures failures) : PageModel
{
    [BindProperty]
    public ProfileForm Input { get; set; } = new();

    public string ThemeChosen => Theme.Chosen(Request) ?? "system";

    public void OnGet()
    {
        var person = CurrentPerson.From(User);
        Input = new ProfileForm { DisplayName = person.Name, Email = person.Email };
    }

    public async Task<IActionResult> OnPostProfileAsync(CancellationToken ct)
    {
        var address = HttpContext.Connection.RemoteIpAddress;
        if (failures.Begin(address, AttemptKind.Password) is { } wait)
        {
            return this.Refuse(Failure.TooMany("Too many wrong attempts. Try again in a minute.") with { RetryAfter = wait });
        }

        var me = CurrentPerson.From(User);
        var changed = await profile.ChangeAsync(me.Id, Input.DisplayName, Input.Email, Input.Password, ct);
        if (!changed.Ok)
        {
            return this.Refuse(changed.Failure);
        }

        // A new address counts: one that is refused tells that it has an account.
        if (string.Equals(me.Email, changed.Value.Email, StringComparison.OrdinalIgnoreCase))
        {
            failures.Succeeded(address, AttemptKind.Password);
        }

        await browser.RenewAsync(HttpContext, changed.Value);
        this.Toast("Your profile is saved.");
        return RedirectToPage();
    }

    public IActionResult OnPostTheme(string? theme)
    {
        Theme.Choose(Response, theme ?? "");
        return RedirectToPage();
    }
}
