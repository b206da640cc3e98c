using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Archives;
using Republic.Core.Archives.Importing;
using Republic.Core.Events;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Account.Archives;

/// <summary>One archive: what is in it, what of it is imported, and what came of that.</summary>
public sealed class ImportModel(Imports imports, LiveEvents live) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The kinds that are chosen.</summary>
    [BindProperty]
    public List<string> Kinds { get; set; } = [];

    /// <summary>The minions that are chosen, by their ids in the archive.</summary>
    [BindProperty]
    public List<Guid> Minions { get; set; } = [];

    public Guid Me => CurrentPerson.From(User).Id;

    public ImportCard Card { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    public bool IsWorking => Card.Status is ArchiveStatus.Queued or ArchiveStatus.Running;

    /// <summary>What is chosen from is not fetched anew while somebody chooses.</summary>
    public string WatchAddress => IsWorking ? $"/account/data/imports/{Id}?handler=Part" : "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        return await LoadAsync(ct) ?? Page();
    }

    public async Task<IActionResult> OnGetPartAsync(CancellationToken ct) => await LoadAsync(ct) ?? Partial("_Import", this);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { } gone)
        {
            return gone;
        }

        LivePosition = live.Position(Me);
        var isAll = Card.Contents?.Minions.All(minion => Minions.Contains(minion.Id)) != false;
        var selection = ImportSelection.Of(Kinds, isAll ? null : Minions);
        var chosen = selection.Ok ? await imports.ChooseAsync(Me, Id, selection.Value, ct) : selection.Failure;
        return chosen.Ok ? RedirectToPage(new { id = Id }) : Wrong(chosen.Failure);
    }

    /// <summary>Goes on with one that failed, with what was chosen then.</summary>
    public async Task<IActionResult> OnPostAgainAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { } gone)
        {
            return gone;
        }

        LivePosition = live.Position(Me);
        var begun = await imports.ChooseAsync(Me, Id, ImportSelection.All, ct);
        return begun.Ok ? RedirectToPage(new { id = Id }) : Wrong(begun.Failure);
    }

    // What is wrong is wrong with the choice as a whole.
    private PageResult Wrong(Failure failure)
    {
        ModelState.AddModelError("", failure.Message);
        Response.StatusCode = failure.StatusCode();
        return Page();
    }

    /// <summary>Null where it is there.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken ct)
    {
        var found = await imports.FindAsync(Me, Id, ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        Card = found.Value;
        return null;
    }
}
