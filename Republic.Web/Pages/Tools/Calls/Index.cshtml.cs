using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Answering.Tools;
using Republic.Core.Events;
using Republic.Core.Tools.Calls;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Tools.Calls;

/// <summary>Every tool call that the person's minions asked for.</summary>
public sealed class IndexModel(ToolCallReader calls, LiveEvents live) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public Guid? Minion { get; set; }

    [BindProperty(SupportsGet = true)]
    public ToolCallStatus? Status { get; set; }

    /// <summary>The last call of the page before this one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public Guid Me => CurrentPerson.From(User).Id;

    public CallList List { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        // What an address says that cannot be read counts as not said.
        ModelState.Clear();
        LivePosition = live.Position(Me);
        var query = new ToolCallQuery(Me)
        {
            Minion = Minion,
            Status = Status,
            Before = Before,
            Limit = PageSize + 1,
        };
        var found = await calls.ListAsync(query, ct);
        List = new CallList([.. found.Take(PageSize)], await calls.MinionsAsync(Me, ct))
        {
            Pending = await calls.CountPendingAsync(Me, ct),
            Minion = Minion,
            Status = Status,
            Before = Before,
            Older = found.Count > PageSize ? found[PageSize - 1].Id : null,
        };
        return Request.IsHtmx() ? Partial("_List", List) : Page();
    }
}
