using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Tasks.Work;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Tasks;

/// <summary>A minion's work on a task: the card of it, its start and its stop. It is seen as a page where one of them is refused.</summary>
public sealed class WorkModel(TaskWorkViews views, TaskWorkControl control) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public TaskWorkView View { get; private set; } = null!;

    public string Here => $"/tasks/{Id}";

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var found = await views.FindAsync(Me, Id, ct);
        return !found.Ok ? this.Refuse(found.Failure)
            : Request.IsHtmx() ? Partial("_Work", found.Value)
            : LocalRedirect($"{Here}#work");
    }

    /// <summary>A message for whoever is on another page when the work ends; none where a person stopped it.</summary>
    public async Task<IActionResult> OnGetEndedAsync(CancellationToken ct)
    {
        var found = await views.FindAsync(Me, Id, ct);
        return !found.Ok ? this.Refuse(found.Failure)
            : found.Value.Last?.State is TaskAttemptState.HandedIn or TaskAttemptState.Waiting or TaskAttemptState.Failed
                ? Partial("_WorkEnded", found.Value)
            : new NoContentResult();
    }

    public async Task<IActionResult> OnPostStartAsync(CancellationToken ct) =>
        await DoneAsync(await control.StartAsync(Me, Id, ct), "It begins.", ct);

    public async Task<IActionResult> OnPostStopAsync(CancellationToken ct) =>
        await DoneAsync(await control.StopAsync(Me, Id, ct), "It is stopped. What has come is kept.", ct);

    private async Task<IActionResult> DoneAsync(Outcome<Guid> done, string said, CancellationToken ct)
    {
        if (done.Ok)
        {
            this.Toast(said);
            return LocalRedirect($"{Here}#work");
        }

        var found = await views.FindAsync(Me, Id, ct);
        View = found.Value!;
        return this.Refuse(found.Failure ?? done.Failure);
    }
}
