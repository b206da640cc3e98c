using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Episodes.Reading;
using Republic.Core.Events;
using Republic.Core.Scenarios.Drafts;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Episodes;

/// <summary>The episodes that a person began or plays in.</summary>
public sealed class IndexModel(EpisodeCards cards, ScenarioCards scenarios, LiveEvents live) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public Guid? Scenario { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public Guid Me => CurrentPerson.From(User).Id;

    public EpisodeListView View { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        // Before anything is read, so that nothing which happens meanwhile is missed.
        LivePosition = live.Position(Me);
        var found = await cards.ListAsync(Me, Scenario, status: null, PageSize + 1, Before, ct);
        List<EpisodeCard> rows = [.. found.Take(PageSize)];
        View = new EpisodeListView(rows, Scenario, await NameAsync(rows, ct), Before, found.Count > PageSize ? rows[^1].Id : null);
        return Request.IsHtmx() ? Partial("_List", View) : Page();
    }

    private async Task<string?> NameAsync(List<EpisodeCard> rows, CancellationToken ct) =>
        Scenario is not { } id ? null
        : rows.Count > 0 ? rows[0].Scenario
        : (await scenarios.FindAsync(Me, id, ct)).Value?.Name;
}
