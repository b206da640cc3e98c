using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.PersonalModels.Missing;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Models;

public sealed class IndexModel(RepublicDb db, ProviderCatalog catalog, CredentialCache credentials, MissingModels missing) : PageModel
{
    private const int PageSize = 60;

    [BindProperty(SupportsGet = true)]
    public string? Provider { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Tag { get; set; }

    [BindProperty(SupportsGet = true)]
    public MinionSort Sort { get; set; }

    /// <summary>Only those that need the person.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Attention { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Show { get; set; } = PageSize;

    public ProviderCatalog Catalog => catalog;

    public IReadOnlyList<ProviderCount> Counts { get; private set; } = [];

    public IReadOnlyList<string> Tags { get; private set; } = [];

    public IReadOnlyList<IGrouping<string, MinionCard>> Groups { get; private set; } = [];

    public int NeedingAttention { get; private set; }

    /// <summary>Models that several minions name, and that are not on this machine.</summary>
    public IReadOnlyList<MissingModel> Missing { get; private set; } = [];

    public bool HasMore { get; private set; }

    public int Total => Counts.Sum(count => count.Minions);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        (Provider, Words, Tag) = (TypedText.Plain(Provider), TypedText.Plain(Words), TypedText.Plain(Tag));
        Show = Math.Clamp(Show, PageSize, 50 * PageSize);
        var me = CurrentPerson.From(User).Id;
        var keys = await credentials.OfAsync(me, ct);
        var here = await missing.NamesAsync(me, ct);
        var mine = db.Minions.AsNoTracking().OwnedBy(me).Live();
        Counts = await mine.GroupBy(m => m.Provider)
            .Select(group => new ProviderCount(group.Key, group.Count(), group.Sum(m => m.TotalQueries)))
            .ToListAsync(ct);
        NeedingAttention = await mine.NeedingAttention(catalog, keys, here).CountAsync(ct);
        Missing = [.. (await missing.AllAsync(me, ct)).Where(model => model.Users.Count > 1)];
        Tags = await mine.SelectMany(m => m.Tags).Distinct().OrderBy(tag => tag).Take(200).ToListAsync(ct);

        var chosen = Attention ? mine.NeedingAttention(catalog, keys, here) : mine;
        chosen = Provider is null ? chosen : chosen.Where(m => m.Provider == Provider);
        chosen = Tag is null ? chosen : chosen.Where(m => m.Tags.Contains(Tag));
        var cards = await chosen.Matching(Words).Sorted(Sort).Cards().Take(Show + 1).ToListAsync(ct);
        HasMore = cards.Count > Show;
        Groups = [.. cards.Take(Show).GroupBy(card => card.Provider).OrderBy(group => Place(group.Key))];
        return Request.IsHtmx() ? Partial("_List", this) : Page();
    }

    public int CountOf(string provider) => Counts.FirstOrDefault(count => count.Provider == provider)?.Minions ?? 0;

    /// <summary>This page with another choice; a null takes the choice away.</summary>
    public string Address(string? provider = null, bool keepsProvider = true, int? show = null)
    {
        var chosen = new Dictionary<string, string?>
        {
            ["provider"] = keepsProvider ? Provider : provider,
            ["q"] = Words,
            ["tag"] = Tag,
            ["sort"] = Sort == MinionSort.Used ? null : Sort.ToString(),
            ["attention"] = Attention ? "true" : null,
            ["show"] = show?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        return "/models" + QueryString.Create(chosen.Where(pair => pair.Value is not null));
    }

    // What runs on this machine comes first.
    private int Place(string provider)
    {
        var row = catalog.Find(provider);
        return row is null ? int.MaxValue
            : row.TakesBaseUrl ? catalog.Rows.ToList().IndexOf(row)
            : -1;
    }
}
