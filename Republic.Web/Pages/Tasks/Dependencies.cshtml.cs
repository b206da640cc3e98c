using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Details;
using Republic.Core.Tasks.Editing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>Makes a task wait for another. It is seen where that one is not found, or cannot be waited for.</summary>
public sealed class DependenciesModel(TaskDetails details, TaskChoices choices, TaskDependencies dependencies) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The number of the other task, or words of its title.</summary>
    public string? Typed { get; private set; }

    public TaskDetail Detail { get; private set; } = null!;

    public string Here => $"/tasks/{Id}";

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var found = await details.FindOwnAsync(Me, Id, ct);
        return found.Ok ? LocalRedirect(Here) : this.Refuse(found.Failure);
    }

    public async Task<IActionResult> OnPostAddAsync(string? other, CancellationToken ct)
    {
        Typed = TypedText.Plain(other);
        var found = await choices.FindAsync(Me, Typed, "", ct);
        var added = found.Ok ? await dependencies.AddAsync(Me, Id, found.Value, ct) : found.Failure;
        return await DoneAsync(added, "It waits for that task.", ct);
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid other, CancellationToken ct) =>
        await DoneAsync(await dependencies.RemoveAsync(Me, Id, other, ct), "It waits for that task no longer.", ct);

    private async Task<IActionResult> DoneAsync(Outcome<Guid> done, string said, CancellationToken ct)
    {
        if (done.Ok)
        {
            this.Toast(said);
            return LocalRedirect(Here);
        }

        ModelState.Clear();
        var found = await details.FindOwnAsync(Me, Id, ct);
        Detail = found.Value!;
        return this.Refuse(found.Failure ?? done.Failure);
    }
}
