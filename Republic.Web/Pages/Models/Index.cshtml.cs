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

    /// <summary>Of each provider, while all providers are shown.</summary>
    private const int GroupSize = 12;

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
    public bool Favorites { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Paused { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Show { get; set; } = PageSize;

    public ProviderCatalog Catalog => catalog;

    public IReadOnlyList<ProviderCount> Counts { get; private set; } = [];

    public IReadOnlyList<string> Tags { get; private set; } = [];

    public IReadOnlyList<IGrouping<string, MinionCard>> Groups { get; private set; } = [];

    public int NeedingAttention { get; private set; }

    /// <summary>Models that several minions name, and that are not on this machine.</summary>
    public IReadOnlyList<MissingModel> Missing { get; private set; } = [];

    /// <summary>The minions of a group that are shown; a group has one more where there are more.</summary>
    public int Limit => Provider is null ? GroupSize : Show;

    public int FavoriteCount { get; private set; }

    public int PausedCount { get; private set; }

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
        FavoriteCount = await mine.CountAsync(m => m.IsFavorite, ct);
        PausedCount = await mine.CountAsync(m => !m.Citizen.IsActive, ct);
        NeedingAttention = await mine.NeedingAttention(catalog, keys, here).CountAsync(ct);
        Missing = [.. (await missing.AllAsync(me, ct)).Where(model => model.Users.Count > 1)];
        Tags = await mine.SelectMany(m => m.Tags).Distinct().OrderBy(tag => tag).Take(200).ToListAsync(ct);

        var chosen = Attention ? mine.NeedingAttention(catalog, keys, here) : mine;
        chosen = Favorites ? chosen.Where(m => m.IsFavorite) : chosen;
        chosen = Paused ? chosen.Where(m => !m.Citizen.IsActive) : chosen;
        chosen = (Tag is null ? chosen : chosen.Where(m => m.Tags.Contains(Tag))).Matching(Words);
        List<MinionCard> cards = [];
        foreach (var provider in Counts.Select(count => count.Provider).Where(name => Provider is null || name == Provider))
        {
            cards.AddRange(await chosen.Where(m => m.Provider == provider).Sorted(Sort).Cards().Take(Limit + 1).ToListAsync(ct));
        }

        Groups = [.. cards.GroupBy(card => card.Provider).OrderBy(group => RankOf(group.Key))];
        return Request.IsHtmx() ? Partial("_List", this) : Page();
    }

    public int CountOf(string provider) => Counts.FirstOrDefault(count => count.Provider == provider)?.Minions ?? 0;

    /// <summary>The place of a provider's chip and group: what runs on this machine comes first.</summary>
    public int RankOf(string provider)
    {
        var row = catalog.Find(provider);
        return row is null ? int.MaxValue
            : row.TakesBaseUrl ? catalog.Rows.ToList().IndexOf(row)
            : -1;
    }
}
