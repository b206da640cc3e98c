using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Fitting;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>
/// The page of a model before its download, from the catalogue or a URL: what it is, whether it fits, and the download form.
/// </summary>
public sealed class AvailableModel(ModelOffers offers, ModelCatalog catalog, PersonalModelEditor editor) : PageModel
{
    /// <summary>The id of a model of the catalogue.</summary>
    [BindProperty(SupportsGet = true, Name = "model")]
    public string? ModelId { get; set; }

    [BindProperty(SupportsGet = true, Name = "url")]
    public string? Address { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Variant { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Context { get; set; }

    [BindProperty]
    public DownloadForm Input { get; set; } = new();

    public CatalogModel? Entry { get; private set; }

    public ModelOffer Offer { get; private set; } = null!;

    public Guid Me => CurrentPerson.From(User).Id;

    public string Title =>
        Entry?.Name
        ?? (Uri.TryCreate(Address, UriKind.Absolute, out var url) ? Uri.UnescapeDataString(url.AbsolutePath.Split('/')[^1]) : "A model");

    public async Task<IActionResult> OnGetAsync(bool check, CancellationToken ct) =>
        !await LoadAsync(check, ct) ? NotFound()
        : Request.IsHtmx() && Offer.Matrix is { } matrix ? Partial("_Matrix", matrix)
        : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var begun = await editor.DownloadAsync(Me, Input.ToOrder(ModelId, Address, Variant), ct);
        if (begun.Ok)
        {
            return LocalRedirect($"/personal-models/{begun.Value}");
        }

        return await LoadAsync(check: false, ct) ? this.Refuse(begun.Failure) : NotFound();
    }

    private async Task<bool> LoadAsync(bool check, CancellationToken ct)
    {
        Entry = ModelId is null ? null : catalog.Find(ModelId);
        if (Entry is null && string.IsNullOrWhiteSpace(Address))
        {
            return false;
        }

        Offer = Entry is not null
            ? await offers.OfAsync(Me, Entry, check, Variant, Context, ct)
            : await offers.AtAsync(Me, Address!, Variant, Context, ct);
        return true;
    }
}
