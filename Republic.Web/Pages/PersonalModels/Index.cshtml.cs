using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Fitting;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The page of a person's models, and of those that can be downloaded.</summary>
public sealed class IndexModel(
    PersonalModelCards cards,
    SharedModels shared,
    CatalogSearch catalog,
    PersonalModelEditor editor,
    DataFolder data,
    LiveEvents live
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    /// <summary>A tag of the catalogue, or <c>fits</c>; null for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Use { get; set; }

    public Guid Me => CurrentPerson.From(User).Id;

    public IReadOnlyList<PersonalModelCard> Mine { get; private set; } = [];

    /// <summary>The names of the models that everybody can use.</summary>
    public IReadOnlyList<string> Shared => shared.Names;

    /// <summary>Those among them that make vectors, by which passages and memories are found.</summary>
    public IReadOnlyList<string> ForVectors => shared.ForVectors;

    public CatalogResults Catalog { get; private set; } = null!;

    public MachineFacts Machine { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    public string Sentence
    {
        get
        {
            var ready = Mine.Count(card => card.IsUsable);
            var coming = Mine.Count(card => card.IsUnderWay && !card.IsUsable);
            return $"Models that run on this machine. {ready} of yours {(ready == 1 ? "is" : "are")} ready{(coming > 0 ? $", {coming} {(coming == 1 ? "is" : "are")} being installed" : "")}.";
        }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        await LoadAsync(ct);
        return Request.IsHtmx() ? Partial("_Available", this) : Page();
    }

    public async Task<IActionResult> OnGetMineAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Partial("_Mine", this);
    }

    /// <summary>Downloads a model of the catalogue, straight from its card.</summary>
    public async Task<IActionResult> OnPostDownloadAsync(string modelId, string? variant, CancellationToken ct)
    {
        var begun = await editor.DownloadAsync(Me, new ModelOrder { ModelId = modelId, Variant = variant }, ct);
        if (begun.Ok)
        {
            return LocalRedirect($"/personal-models/{begun.Value}");
        }

        await LoadAsync(ct);
        return this.Refuse(begun.Failure);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Mine = await cards.ListAsync(Me, PersonalModelCards.MaxPage, before: null, ct);
        Machine = MachineFacts.Now(data);
        Catalog = await catalog.SearchAsync(Mine, Words, Use, ct);
    }
}
