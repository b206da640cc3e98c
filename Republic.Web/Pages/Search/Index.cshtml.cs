using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Search;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Search;

/// <summary>Finds what a person may see: as a page, and as the lines of the palette.</summary>
public sealed class IndexModel(SearchReader search, RepublicDb db) : PageModel
{
    private const int PageSize = 20;
    private const int MostOfGroup = 5;
    private const int MostMinions = 200;

    public SearchFilter Filter { get; private set; } = new();

    /// <summary>The most used first.</summary>
    public IReadOnlyList<(Guid Id, string Name)> Minions { get; private set; } = [];

    public IReadOnlyList<FoundOption> Results { get; private set; } = [];

    /// <summary>Leads to the rest; null where this is all.</summary>
    public SearchFilter? Next { get; private set; }

    public Failure? Failure { get; private set; }

    private CurrentPerson Me => CurrentPerson.From(User);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Filter = SearchFilter.Of(Request.Query);
        Minions = await MinionsAsync(ct);
        if (Filter.Words is null)
        {
            return Page();
        }

        var query = Filter.ToQuery(BrowserZone.Of(Request) ?? TimeZoneInfo.Utc, PageSize);
        var found = await search.FindAsync(Me.Id, Me.IsSuperuser, query, ct);
        if (!found.Ok)
        {
            Failure = found.Failure;
            return this.Refuse(found.Failure);
        }

        Results = [.. found.Value.Results.Select(result => FoundOption.Of(result))];
        Next = found.Value.NextCursor is { } cursor ? Filter with { Cursor = cursor } : null;
        return Request.IsHtmx() ? Partial("_Rows", this) : Page();
    }

    /// <param name="only">A group of kinds, or the commands; null for all.</param>
    public async Task<IActionResult> OnGetPaletteAsync(string? q, string? only, CancellationToken ct)
    {
        var words = TypedText.Plain(q)?.AtMost(SearchFilter.Longest);
        var most = only is null ? MostOfGroup : PageSize;
        var results = only == FoundView.CommandGroup ? [] : await FoundAsync(words, only, ct);
        var commands = only is null or FoundView.CommandGroup ? await CommandsAsync(words, results, most, ct) : [];
        return Partial("_Found", FoundView.Of(words, commands, results, most));
    }

    /// <summary>A few of each kind; of one group alone more, and first those that would stand there among others too.</summary>
    private async Task<IReadOnlyList<SearchResult>> FoundAsync(string? words, string? only, CancellationToken ct)
    {
        var few = await search.JumpAsync(Me.Id, Me.IsSuperuser, words ?? "", ct);
        if (only is null)
        {
            return few;
        }

        List<SearchResult> results = [.. few.Where(result => SearchKind.Of(result.Kind).Group == only)];
        foreach (var kind in SearchKind.All.Where(kind => kind.Group == only && words is { Length: > 1 }))
        {
            var query = new SearchQuery(words!) { Kind = kind.Name, Limit = PageSize };
            var found = await search.FindAsync(Me.Id, Me.IsSuperuser, query, ct);
            results.AddRange(found.Ok ? found.Value.Results : []);
        }

        return results;
    }

    /// <summary>Those for minions that are used most, and for those that were found.</summary>
    private async Task<IReadOnlyList<Command>> CommandsAsync(
        string? words,
        IReadOnlyList<SearchResult> results,
        int most,
        CancellationToken ct
    )
    {
        var found = results.Where(result => result.Kind == SearchKinds.Minion).Select(result => (result.Id, Name: result.Title));
        var minions = (await MinionsAsync(ct)).Concat(found).DistinctBy(minion => minion.Id).ToList();
        return Commands.Matching(words, Me.IsSuperuser, minions, most);
    }

    private async Task<IReadOnlyList<(Guid Id, string Name)>> MinionsAsync(CancellationToken ct)
    {
        var minions = await db
            .Minions.AsNoTracking()
            .OwnedBy(Me.Id)
            .Live()
            .Sorted(MinionSort.Used)
            .Take(MostMinions)
            .Select(minion => new { minion.Id, minion.Citizen.DisplayName })
            .ToListAsync(ct);
        return minions.ConvertAll(minion => (minion.Id, minion.DisplayName));
    }
}
