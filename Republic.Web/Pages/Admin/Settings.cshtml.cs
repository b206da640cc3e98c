using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Admin.Settings;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Admin;

/// <summary>Settings that can be changed while the server runs, and where each comes from.</summary>
public sealed class SettingsModel(RuntimeSettings settings) : SuperuserPage
{
    public IReadOnlyList<SettingState> States { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => States = await settings.ListAsync(ct);

    public async Task<IActionResult> OnPostChangeAsync(string? key, string? value, CancellationToken ct)
    {
        // What the field shows of a size is rounded: saved as it stands, it would change the size.
        if ((await settings.ListAsync(ct)).Any(state => state.Setting.Key == key && SettingWords.Value(state) == value))
        {
            return RedirectToPage();
        }

        return await DoneAsync(await settings.ChangeAsync(Asking.Id, key, value ?? "", ct), "is set.", ct);
    }

    public async Task<IActionResult> OnPostResetAsync(string? key, CancellationToken ct) =>
        await DoneAsync(await settings.ChangeAsync(Asking.Id, key, value: null, ct), "is reset.", ct);

    private async Task<IActionResult> DoneAsync(Outcome<SettingState> changed, string fact, CancellationToken ct)
    {
        if (!changed.Ok)
        {
            States = await settings.ListAsync(ct);
            // Of one form among many: said above them, with the name of its setting.
            return this.Refuse(changed.Failure with { Fields = [] });
        }

        this.Toast($"{changed.Value.Setting.Name} {fact}", "It applies now, on every node.");
        return RedirectToPage();
    }
}
