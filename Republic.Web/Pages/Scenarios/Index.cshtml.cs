using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Scenarios;

/// <summary>The person's scenarios, or those in the archive.</summary>
public sealed class IndexModel(ScenarioCards cards, ScenarioEditor editor, LiveEvents live) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "archive")]
    public bool IsArchive { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public Guid Me => CurrentPerson.From(User).Id;

    public ScenarioListView View { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    private string Here => ScenarioListView.Address(IsArchive, Words, Before);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        await LoadAsync(ct);
        return Request.IsHtmx() ? Partial("_List", View) : Page();
    }

    /// <param name="request">Made with the page, so that sending it twice makes one copy.</param>
    public async Task<IActionResult> OnPostDuplicateAsync(Guid id, Guid? request, CancellationToken ct)
    {
        var made = await editor.DuplicateAsync(Me, id, FormId.Of(Me, request), ct);
        return await DoneAsync(made, "A copy is made.", undoUrl: null, back: "/scenarios", ct);
    }

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, CancellationToken ct) =>
        await DoneAsync(
            await editor.ArchiveAsync(Me, id, isArchived: true, ct),
            "It is in the archive.",
            $"/scenarios?handler=TakeOut&id={id}",
            Here,
            ct
        );

    public async Task<IActionResult> OnPostTakeOutAsync(Guid id, CancellationToken ct) =>
        await DoneAsync(
            await editor.ArchiveAsync(Me, id, isArchived: false, ct),
            "It is taken out of the archive.",
            $"/scenarios?handler=Archive&id={id}",
            Here,
            ct
        );

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken ct) =>
        await DoneAsync(await editor.DeleteAsync(Me, id, ct), "The scenario is deleted.", undoUrl: null, Here, ct);

    private async Task<IActionResult> DoneAsync(Outcome<Guid> done, string said, string? undoUrl, string back, CancellationToken ct)
    {
        if (!done.Ok)
        {
            await LoadAsync(ct);
            return this.Refuse(done.Failure);
        }

        this.Toast(said, undoUrl: undoUrl);
        return LocalRedirect(back);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        // Before anything is read, so that nothing which happens meanwhile is missed.
        LivePosition = live.Position(Me);
        var found = await cards.ListAsync(Me, Words, IsArchive, PageSize + 1, Before, ct);
        var (current, archived) = await cards.CountsAsync(Me, ct);
        List<ScenarioCard> rows = [.. found.Take(PageSize)];
        View = new ScenarioListView(rows, current, archived, IsArchive, Words, Before, found.Count > PageSize ? rows[^1].Id : null);
    }
}
