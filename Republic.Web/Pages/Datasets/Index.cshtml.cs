using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Events;
using Republic.Web.Http.Auth;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Datasets;

public sealed class IndexModel(DatasetCards cards, DatasetQuota quota, LiveEvents live) : PageModel
{
    private const int PageSize = 50;

    /// <summary>The last dataset of the page before this one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public Guid Me => CurrentPerson.From(User).Id;

    public IReadOnlyList<DatasetCard> Rows { get; private set; } = [];

    public Guid? Older { get; private set; }

    public string LivePosition { get; private set; } = "";

    public string Sentence { get; private set; } = "";

    public string WatchAddress => Before is { } last ? $"/datasets?handler=List&before={last}" : "/datasets?handler=List";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnGetListAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Partial("_ListUpdate", this);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var found = await cards.ListAsync(Me, PageSize + 1, Before, ct);
        Rows = [.. found.Take(PageSize)];
        Older = found.Count > PageSize ? Rows[^1].Id : null;
        Sentence =
            Rows.Count == 0
                ? "Questions with their answers, to train minions on."
                : $"{Figures.Count(Rows.Sum(row => (long)row.SampleCount), "usable row")} in {(Older is null && Before is null ? Figures.Count(Rows.Count, "dataset") : $"these {Rows.Count} datasets")}. "
                    + $"Your datasets take {ByteSize.Of(await quota.UsedAsync(Me, ct))} of {ByteSize.Of(quota.Limits.Quota)}.";
    }
}
