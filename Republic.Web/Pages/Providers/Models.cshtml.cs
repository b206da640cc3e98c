using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Minions;
using Republic.Core.Providers.Listings;
using Republic.Web.Http;

namespace Republic.Web.Pages.Providers;

/// <summary>All models of one provider: how long their context is, what they cost, until when they are there, who uses them.</summary>
public sealed class ModelsModel(ProviderModels models, ModelSync sync) : PageModel
{
    private const int Step = 100;
    private const int Most = 5000;

    public ModelShelf Shelf { get; private set; } = null!;

    public string? Words { get; private set; }

    public int Show { get; private set; } = Step;

    public IEnumerable<ShelfModel> Shown => Shelf.Models.Take(Show);

    public bool HasMore => Shelf.Models.Count > Show;

    public IEnumerable<ProviderList> Failed => Shelf.Lists.Where(list => list.Error is not null);

    public DateTimeOffset? ReadAt => Shelf.Lists.Max(list => list.ReadAt);

    public Task<IActionResult> OnGetAsync(string provider, string? q, int? show, CancellationToken ct) => ShowAsync(provider, q, show, ct);

    public async Task<IActionResult> OnPostAsync(string provider, string? q, CancellationToken ct)
    {
        var me = CurrentPerson.From(User).Id;
        var known = await models.FindAsync(me, provider, search: null, ct);
        if (!known.Ok)
        {
            return this.Refuse(known.Failure);
        }

        await sync.RefreshAsync(me, known.Value.Provider.Name, ct);
        return Request.IsHtmx() ? await ShowAsync(provider, q, show: null, ct) : LocalRedirect($"/providers/{known.Value.Provider.Name}");
    }

    private async Task<IActionResult> ShowAsync(string provider, string? q, int? show, CancellationToken ct)
    {
        Words = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        Show = Math.Clamp(show ?? Step, Step, Most);
        var shelf = await models.FindAsync(CurrentPerson.From(User).Id, provider, Words, ct);
        if (!shelf.Ok)
        {
            return this.Refuse(shelf.Failure);
        }

        Shelf = shelf.Value;
        return Request.IsHtmx() ? Partial("_Models", this) : Page();
    }
}
