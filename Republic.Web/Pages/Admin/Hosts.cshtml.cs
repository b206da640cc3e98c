using Microsoft.AspNetCore.Mvc;
using Republic.Core.Security;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Admin;

/// <summary>What a superuser allows on this machine and its networks.</summary>
public sealed class HostsModel(AllowedHostEditor editor) : SuperuserPage
{
    [BindProperty]
    public HostForm Input { get; set; } = new();

    public IReadOnlyList<AllowedHost> Hosts { get; private set; } = [];

    /// <param name="host">What an error message proposes.</param>
    public Task OnGetAsync(string? host, CancellationToken ct)
    {
        Input.Host = host;
        return LoadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
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
    public async Task<IActionResult> OnPostAllowAsync(string? host, bool reload, CancellationToken ct)
    {
        if (!Request.IsHtmx())
        {
            Input.Host = host;
            return await OnPostAsync(ct);
        }

        var allowed = await editor.AllowAsync(Asking.Id, host, ct);
        if (allowed.Ok && reload)
        {
            Response.HxRefresh();
        }

        return allowed.Ok
            ? Partial("_Allowed", allowed.Value)
            : ErrorToast.Result(Response, MetadataProvider, allowed.Failure.StatusCode(), allowed.Failure.Message);
    }

    public async Task<IActionResult> OnPostTakeBackAsync(string? host, CancellationToken ct)
    {
        if (await editor.TakeBackAsync(Asking.Id, host, ct) is { Ok: false } refused)
        {
            return this.Refuse(refused.Failure);
        }

        this.Toast("It is not allowed any more.", "Connections that are open end by themselves.");
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken ct) => Hosts = await editor.ListAsync(ct);
}
