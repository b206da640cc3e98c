using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Security;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Admin;

/// <summary>What a superuser allows on this machine and its networks.</summary>
public sealed class HostsModel(AllowedHostEditor editor) : PageModel
{
    [BindProperty]
    public HostForm Input { get; set; } = new();

    public IReadOnlyList<AllowedHost> Hosts { get; private set; } = [];

    private CurrentPerson Asking => CurrentPerson.From(User);

    /// <param name="host">What an error message proposes.</param>
    public async Task<IActionResult> OnGetAsync(string? host, CancellationToken ct)
    {
        if (!Asking.IsSuperuser)
        {
            return Refused();
        }

        Input.Host = host;
        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!Asking.IsSuperuser)
        {
            return Refused();
        }

        var allowed = await editor.AllowAsync(Asking.Id, Input.Host, ct);
        if (!allowed.Ok)
        {
            await LoadAsync(ct);
            return this.Refuse(allowed.Failure);
        }

        this.Toast($"{allowed.Value.Host} is allowed.", "Everybody here can use it as a base URL.");
        return RedirectToPage();
    }

    /// <summary>From the error itself, inside another page's form.</summary>
    public async Task<IActionResult> OnPostAllowAsync(string? host, CancellationToken ct)
    {
        if (!Asking.IsSuperuser)
        {
            return Refused();
        }

        Input.Host = host;
        return Request.IsHtmx() && await editor.AllowAsync(Asking.Id, host, ct) is { Ok: true } allowed
            ? Partial("_Allowed", allowed.Value)
            : await OnPostAsync(ct);
    }

    public async Task<IActionResult> OnPostTakeBackAsync(string? host, CancellationToken ct)
    {
        if (!Asking.IsSuperuser)
        {
            return Refused();
        }

        if (await editor.TakeBackAsync(host, ct) is { Ok: false } refused)
        {
            return this.Refuse(refused.Failure);
        }

        this.Toast("It is not allowed any more.", "Connections that are open end by themselves.");
        return RedirectToPage();
    }

    private StatusCodeResult Refused() => StatusCode(StatusCodes.Status403Forbidden);

    private async Task LoadAsync(CancellationToken ct) => Hosts = await editor.ListAsync(ct);
}
