using Microsoft.AspNetCore.Mvc;
using Republic.Core.Admin.Settings;
using Republic.Core.Files;
using Republic.Web.Http;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Admin;

/// <summary>Settings that can be changed while the server runs, and where each comes from.</summary>
public sealed class SettingsModel(RuntimeSettings settings, DiskSpace disk) : SuperuserPage
{
    public IReadOnlyList<SettingState> States { get; private set; } = [];

    /// <summary>By the key of a setting, as typed; after a refusal only what was refused.</summary>
    [BindProperty]
    public Dictionary<string, string?> Values { get; set; } = [];

    /// <summary>The free bytes of the disk, where a limit promises more than that.</summary>
    public long? Beyond(SettingState state) => SettingWords.Bytes(state) is { } bytes && bytes > disk.Now.Free ? disk.Now.Free : null;

    public async Task OnGetAsync(CancellationToken ct) => States = await settings.ListAsync(ct);

    public string Shown(SettingState state) => Values.GetValueOrDefault(state.Setting.Key) ?? SettingWords.Value(state);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Dictionary<string, string?> refused = [];
        List<string> set = [];
        foreach (var state in await settings.ListAsync(ct))
        {
            var key = state.Setting.Key;
            // What the field shows of a size is rounded: saved as it stands, it would change the size.
            if (!Values.TryGetValue(key, out var value) || value == SettingWords.Value(state))
            {
                continue;
            }

            var changed = await settings.ChangeAsync(Asking.Id, key, value ?? "", ct);
            if (changed.Ok)
            {
                set.Add(state.Setting.Name);
            }
            else
            {
                refused[key] = value ?? "";
                ModelState.AddModelError("", changed.Failure.Message);
            }
        }

        if (set.Count > 0)
        {
            this.Toast($"{string.Join(", ", set)} {(set.Count == 1 ? "is" : "are")} set.", "It applies now, on every node.");
        }

        if (refused.Count == 0)
        {
            return RedirectToPage();
        }

        (Values, States) = (refused, await settings.ListAsync(ct));
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    public async Task<IActionResult> OnPostResetAsync(string? key, CancellationToken ct)
    {
        var changed = await settings.ChangeAsync(Asking.Id, key, value: null, ct);
        if (!changed.Ok)
        {
            States = await settings.ListAsync(ct);
            return this.Refuse(changed.Failure with { Fields = [] });
        }

        this.Toast($"{changed.Value.Setting.Name} is reset.", "It applies now, on every node.");
        return RedirectToPage();
    }
}
