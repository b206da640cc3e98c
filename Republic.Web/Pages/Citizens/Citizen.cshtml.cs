using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Citizens.Capabilities;
using Republic.Core.Citizens.Fields;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Episodes.Reading;
using Republic.Core.Events;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Citizens;

/// <summary>Who a citizen is, what else is known of it, and what it has shown that it can do.</summary>
public sealed class CitizenModel(
    CitizenCards cards,
    CapabilityCards capabilities,
    CustomFieldEditor fields,
    CapabilityEditor editor,
    EpisodeCards episodes,
    LiveEvents live
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public CustomFieldForm Field { get; set; } = new();

    [BindProperty]
    public CapabilityForm Capability { get; set; } = new();

    public Guid Me => CurrentPerson.From(User).Id;

    public CitizenCard Citizen { get; private set; } = null!;

    public IReadOnlyList<CapabilityCard> Capabilities { get; private set; } = [];

    public string LivePosition { get; private set; } = "";

    public CapabilityHistory Names { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        return await LoadAsync(ct) is { } failure ? this.Refuse(failure)
            : Request.IsHtmx() ? Partial("_Citizen", this)
            : Page();
    }

    public async Task<IActionResult> OnPostSetFieldAsync(CancellationToken ct) =>
        await DoneAsync(
            await fields.SetAsync(Me, Id, [new CustomFieldInput(Field.FieldName, Field.FieldValue)], ct),
            "The field is kept.",
            nameof(Field),
            ct
        );

    public async Task<IActionResult> OnPostRemoveFieldAsync(Guid which, CancellationToken ct) =>
        await DoneAsync(await fields.RemoveAsync(Me, Id, which, ct), "The field is removed.", nameof(Field), ct);

    public async Task<IActionResult> OnPostAddCapabilityAsync(CancellationToken ct) =>
        await DoneAsync(
            await editor.AddAsync(Me, Id, Capability.Name, Capability.Description, ct),
            "The capability is added.",
            nameof(Capability),
            ct
        );

    public async Task<IActionResult> OnPostRemoveCapabilityAsync(Guid which, CancellationToken ct) =>
        await DoneAsync(await editor.DeleteAsync(Me, Id, which, ct), "The capability is deleted.", nameof(Capability), ct);

    public async Task<IActionResult> OnPostStrikeAsync(Guid entry, CancellationToken ct)
    {
        var struck = await editor.StrikeAsync(Me, Id, entry, ct);
        return await DoneAsync(struck, "The entry counts no longer.", "", $"/citizens/{Id}?handler=Restore&entry={entry}", ct);
    }

    public async Task<IActionResult> OnPostRestoreAsync(Guid entry, CancellationToken ct) =>
        await DoneAsync(await editor.RestoreAsync(Me, Id, entry, ct), "The entry counts again.", "", ct);

    /// <param name="prefix">Of the form that was sent.</param>
    private async Task<IActionResult> DoneAsync<T>(Outcome<T> done, string said, string prefix, string? undoUrl, CancellationToken ct)
    {
        if (!done.Ok)
        {
            return this.Refuse(await LoadAsync(ct) ?? done.Failure, prefix);
        }

        this.Toast(said, undoUrl: undoUrl);
        return LocalRedirect($"/citizens/{Id}");
    }

    private Task<IActionResult> DoneAsync<T>(Outcome<T> done, string said, string prefix, CancellationToken ct) =>
        DoneAsync(done, said, prefix, undoUrl: null, ct);

    private async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        var found = await cards.FindAsync(Me, Id, ct);
        var known = await capabilities.ListAsync(Me, Id, ct);
        if (!found.Ok || !known.Ok)
        {
            return found.Failure ?? known.Failure;
        }

        (Citizen, Capabilities) = (found.Value, known.Value);
        Names = await CapabilityHistory.ReadAsync(cards, episodes, Me, Capabilities, ct);
        return null;
    }
}
