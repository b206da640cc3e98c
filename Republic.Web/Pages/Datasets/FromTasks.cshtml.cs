using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Tasks.HandIns;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Datasets;

/// <summary>Makes a dataset of what minions handed in and the person accepted.</summary>
public sealed class FromTasksModel(GoodHandIns handIns, HandInDataset datasets) : PageModel
{
    /// <summary>Whose hand-ins are listed; null for those of all minions.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Minion { get; set; }

    [BindProperty]
    public HandInsForm Input { get; set; } = new();

    public HandInList Found { get; private set; } = null!;

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (await LoadAsync(ct) is { } missing)
        {
            return this.Refuse(missing);
        }

        Input.TaskIds = [.. Found.HandIns.Select(handIn => handIn.TaskId)];
        return Request.IsHtmx() ? Partial("_HandIns", this) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await LoadAsync(ct) is { } missing)
        {
            return this.Refuse(missing);
        }

        var unreadable = ModelState.TakeUnreadable();
        var made = unreadable.Count > 0 ? Failure.Invalid(unreadable) : await datasets.MakeAsync(Me, Input.ToChoice(Minion), ct);
        return made.Ok ? LocalRedirect($"/datasets/{made.Value}") : this.Refuse(made.Failure);
    }

    private async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        var found = await handIns.ListAsync(Me, Minion, ct);
        Found = found.Value!;
        return found.Failure;
    }
}
