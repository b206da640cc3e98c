using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Ingest;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Knowledge;

public sealed class IndexModel(CollectionCards cards, DocumentQuota quota, LiveEvents live) : PageModel
{
    private const int PageSize = 50;

    /// <summary>The last collection of the page before this one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public Guid Me => CurrentPerson.From(User).Id;

    public IReadOnlyList<CollectionCard> Rows { get; private set; } = [];

    public Guid? Older { get; private set; }

    public string LivePosition { get; private set; } = "";

    public string Sentence { get; private set; } = "";

    public string WatchAddress => Before is { } last ? $"/knowledge?before={last}" : "/knowledge";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        var found = await cards.ListAsync(Me, PageSize + 1, Before, ct);
        Rows = [.. found.Take(PageSize)];
        Older = found.Count > PageSize ? Rows[^1].Id : null;
        Sentence =
            Rows.Count == 0
                ? "Documents that minions answer from and cite."
                : $"{Figures.Count(Rows.Sum(row => row.PassageCount), "passage")} of {Figures.Count(Rows.Sum(row => row.DocumentCount), "document")}. "
                    + $"Your documents take {ByteSize.Of(await quota.UsedAsync(Me, ct))} of {ByteSize.Of(quota.Limits.Quota)}.";
        return Request.IsHtmx() ? Partial("_List", this) : Page();
    }
}
