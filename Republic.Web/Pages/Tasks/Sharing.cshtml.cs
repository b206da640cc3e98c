using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Sharing;
using Republic.Core.Tasks.Details;
using Republic.Core.Tasks.Sharing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Tasks;

/// <summary>Shares a task, and ends that. It is seen where a name cannot be taken.</summary>
public sealed class SharingModel(TaskDetails details, ShareEditor<TaskShare> sharing) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public ShareForm Input { get; set; } = new();

    public TaskDetail Detail { get; private set; } = null!;

    public string Here => $"/tasks/{Id}";

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var found = await details.FindOwnAsync(Me, Id, ct);
        return found.Ok ? LocalRedirect(Here) : this.Refuse(found.Failure);
    }

    public async Task<IActionResult> OnPostShareAsync(CancellationToken ct) =>
        await DoneAsync(await sharing.ShareAsync(Me, Id, Input.Username, ct), sharing.Answer(Input.Username ?? ""), ct);

    public async Task<IActionResult> OnPostEndAsync(Guid share, CancellationToken ct) =>
        await DoneAsync(await sharing.EndAsync(Me, Id, share, ct), "It is shared with them no longer.", ct);

    private async Task<IActionResult> DoneAsync(Outcome<Guid> done, string said, CancellationToken ct)
    {
        if (done.Ok)
        {
            this.Toast(said);
            return LocalRedirect(Here);
        }

        var found = await details.FindOwnAsync(Me, Id, ct);
        Detail = found.Value!;
        return this.Refuse(found.Failure ?? done.Failure);
    }
}
