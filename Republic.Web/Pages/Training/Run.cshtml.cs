using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Training;

public sealed class RunModel(
    TrainingCards cards,
    TrainingControl control,
    TrainingEditor editor,
    RunViews views,
    LiveEvents live,
    SmallerBase bases
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public RunView View { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) is { } failure ? this.Refuse(failure) : Page();

    /// <summary>What changes while a run works; the whole page where it began or ended.</summary>
    /// <param name="working">Whether the page shows it as at work.</param>
    public async Task<IActionResult> OnGetLiveAsync(bool working, CancellationToken ct)
    {
        var update = await views.UpdateAsync(Me, Id, ct);
        if (!update.Ok)
        {
            return this.Refuse(update.Failure);
        }

        if (update.Value.Run.IsActive == working)
        {
            return working ? Partial("_RunUpdate", update.Value) : new NoContentResult();
        }

        if (await LoadAsync(ct) is { } failure)
        {
            return this.Refuse(failure);
        }

        Response.HxRetarget("#run", "outerHTML");
        return Partial("_Run", View);
    }

    /// <summary>The points of the chart after a number, for a page that was not told all.</summary>
    public async Task<IActionResult> OnGetLossesAsync(long after, CancellationToken ct) =>
        await views.LossesAsync(Me, Id, after, ct) is { Ok: true, Value: var losses }
            ? Content(JournalEntry.ToJson(losses), MediaTypeNames.Application.Json)
            : NotFound();

    /// <summary>A message for whoever is on another page when the run ends; none when the person ended it.</summary>
    public async Task<IActionResult> OnGetEndedAsync(CancellationToken ct)
    {
        var run = await cards.FindAsync(Me, Id, ct);
        return !run.Ok ? this.Refuse(run.Failure)
            : run.Value.Status is TrainingStatus.Completed or TrainingStatus.Failed or TrainingStatus.Paused ? Partial("_Ended", run.Value)
            : new NoContentResult();
    }

    public async Task<IActionResult> OnPostStartAsync(CancellationToken ct) => await DoneAsync(await control.StartAsync(Me, Id, ct), ct);

    /// <summary>A copy of the base with fewer bits a weight, where memory does not suffice for it as it is.</summary>
    public async Task<IActionResult> OnPostSmallerBaseAsync(string type, CancellationToken ct)
    {
        var made = await bases.MakeAsync(Me, Id, type, ct);
        if (!made.Ok)
        {
            return this.Refuse(made.Failure);
        }

        this.Toast($"{made.Value.Model} is made.", made.Value.Next);
        return LocalRedirect($"/training/{Id}");
    }

    public async Task<IActionResult> OnPostStopAsync(CancellationToken ct) => await DoneAsync(await control.StopAsync(Me, Id, ct), ct);

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var run = await cards.FindAsync(Me, Id, ct);
        var deleted = run.Ok ? await editor.DeleteAsync(Me, Id, ct) : run.Failure;
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast($"{run.Value!.JobName} is deleted.", "What the minion learned from it stays.");
        return LocalRedirect("/training");
    }

    private async Task<IActionResult> DoneAsync(Outcome<Guid> outcome, CancellationToken ct)
    {
        if (outcome.Ok)
        {
            return LocalRedirect($"/training/{Id}");
        }

        return this.Refuse(await LoadAsync(ct) ?? outcome.Failure);
    }

    private async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        LivePosition = live.Position(Me);
        var found = await views.FindAsync(Me, Id, ct);
        View = found.Value!;
        return found.Ok ? null : found.Failure;
    }
}
