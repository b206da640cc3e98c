using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Leaving;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Account;

/// <summary>Says what goes with one's account and what stays, and deletes it.</summary>
public sealed class DeleteModel(LeavingReader reader, AccountLeaving leaving, BrowserSession browser) : PageModel
{
    [BindProperty]
    public DeleteForm Input { get; set; } = new();

    public PersonBelongings Belongings { get; private set; } = null!;

    public bool IsOnlySuperuser { get; private set; }

    public CurrentPerson Me => CurrentPerson.From(User);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await ReadAsync(ct) is { } failure ? this.Refuse(failure) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await ReadAsync(ct) is { } missing)
        {
            return this.Refuse(missing);
        }

        if (!string.Equals(Input.Name?.Trim(), Me.Name, StringComparison.Ordinal))
        {
            return this.Refuse(Failure.Invalid("name", $"Type “{Me.Name}”. Nothing was deleted."));
        }

        var left = await leaving.LeaveAsync(Me.Id, Input.Password, HttpContext.Connection.RemoteIpAddress, ct);
        if (!left.Ok)
        {
            return this.Refuse(left.Failure);
        }

        await browser.EndAsync(HttpContext);
        this.Toast("Your account is deleted.", "So is all that belonged to it.");
        return RedirectToPage("/Account/SignIn");
    }

    private async Task<Failure?> ReadAsync(CancellationToken ct)
    {
        var found = await reader.BelongingsAsync(Me.Id, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        (Belongings, IsOnlySuperuser) = (found.Value, await reader.IsOnlySuperuserAsync(Me.Id, ct));
        return null;
    }
}
