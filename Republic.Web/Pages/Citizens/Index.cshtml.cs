using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Events;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Citizens;

/// <summary>The person, then their minions and the people with whom they share a task.</summary>
public sealed class IndexModel(CitizenCards cards, LiveEvents live) : PageModel
{
    private const int PageSize = 50;

    /// <summary>The last citizen of the page before this one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    public Guid Me => CurrentPerson.From(User).Id;

    public IReadOnlyList<CitizenCard> Rows { get; private set; } = [];

    public Guid? Next { get; private set; }

    public string LivePosition { get; private set; } = "";

    public string WatchAddress => After is { } last ? $"/citizens?after={last}" : "/citizens";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        var found = await cards.ListAsync(Me, kind: null, PageSize + 1, After, ct);
        Rows = [.. found.Take(PageSize)];
        Next = found.Count > PageSize ? Rows[^1].Id : null;
        return Request.IsHtmx() ? Partial("_List", this) : Page();
    }
}
