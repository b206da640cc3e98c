using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Republic.Core;
using Republic.Core.Minions.Models;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Providers;

/// <summary>All models of one provider: how long their context is, what they cost, until when they are there, who uses them.</summary>
public sealed class ModelsModel(ProviderModels models, ModelSync sync) : PageModel
{
    private const int Step = 100;
    private const int Most = 5000;

    public ModelShelf Shelf { get; private set; } = null!;

    public string? Words { get; private set; }

    /// <summary>The list that was chosen; null: all of them together.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? List { get; set; }

    public int Show { get; private set; } = Step;

    public IEnumerable<ShelfModel> Shown => Shelf.Models.Take(Show);

    public bool HasMore => Shelf.Models.Count > Show;

    /// <summary>What is shown comes from these.</summary>
    public IEnumerable<ShelfList> Chosen => Shelf.Lists.Where(list => List is null || list.List.Id == List);

    public IEnumerable<ShelfList> Failed => Chosen.Where(list => list.List.Error is not null);

    public DateTimeOffset? ReadAt => Chosen.Max(list => list.List.ReadAt);

    /// <summary>Where it stands now, with what was chosen.</summary>
    public string Address(int? show = null) =>
        QueryHelpers.AddQueryString(
            $"/providers/{Shelf.Provider.Name}",
            new Dictionary<string, string?>
            {
                ["q"] = Words,
                ["list"] = List?.ToString(),
                ["show"] = show?.ToString(CultureInfo.InvariantCulture),
            }
        );

    public Task<IActionResult> OnGetAsync(string provider, string? q, int? show, CancellationToken ct) => ShowAsync(provider, q, show, ct);

    public async Task<IActionResult> OnPostAsync(string provider, string? q, CancellationToken ct)
    {
        var me = CurrentPerson.From(User).Id;
        var known = await models.FindAsync(me, provider, search: null, List, ct);
        if (!known.Ok)
        {
            return this.Refuse(known.Failure);
        }

        (Shelf, Words) = (known.Value, string.IsNullOrWhiteSpace(q) ? null : q.Trim());
        await sync.RefreshAsync(me, known.Value.Provider.Name, ct);
        return Request.IsHtmx() ? await ShowAsync(provider, q, show: null, ct) : LocalRedirect(Address());
    }

    private async Task<IActionResult> ShowAsync(string provider, string? q, int? show, CancellationToken ct)
    {
        Words = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        Show = Math.Clamp(show ?? Step, Step, Most);
        var shelf = await models.FindAsync(CurrentPerson.From(User).Id, provider, Words, List, ct);
        if (!shelf.Ok)
        {
            return this.Refuse(shelf.Failure);
        }

        Shelf = shelf.Value;
        return Request.IsHtmx() ? Partial("_Models", this) : Page();
    }
}
