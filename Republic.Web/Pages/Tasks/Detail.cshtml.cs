using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Details;
using Republic.Core.Tasks.Editing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>One task: what is to be done, what was said and done about it, and where it stands.</summary>
public sealed class DetailModel(
    TaskDetails details,
    TaskForms forms,
    TaskAssignment assignment,
    TaskReview review,
    TaskEditor editor,
    LiveEvents live
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary><see cref="CommentsAddress.CommentsOnly"/> or all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>The comment or activity that is shown last; null for the newest.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Until { get; set; }

    [BindProperty]
    public CommentForm Input { get; set; } = new();

    public Guid Me => CurrentPerson.From(User).Id;

    public TaskDetail Detail { get; private set; } = null!;

    public string LivePosition { get; private set; } = "";

    public DateTimeOffset Today => TaskTimes.Today(LocalTime.Of(HttpContext));

    public bool IsCommentsOnly => Show == CommentsAddress.CommentsOnly;

    /// <summary>The form of a review has a field of its own for what is typed.</summary>
    public bool IsReviewed => Detail is { IsOwner: true, Task.Status: WorkTaskStatus.Review };

    public string Here => $"/tasks/{Id}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        return await LoadAsync(ct) is { } failure ? this.Refuse(failure)
            : Request.IsHtmx() ? Partial("_Task", this)
            : Page();
    }

    public async Task<IActionResult> OnPostMoveAsync(MoveForm form, CancellationToken ct) =>
        await DoneAsync(
            await forms.MoveAsync(Me, Id, form, ct),
            "It is moved.",
            form.Back is { } back ? $"{Here}?handler=Move&{back}" : null,
            ct
        );

    /// <param name="citizen">Null for nobody.</param>
    public async Task<IActionResult> OnPostAssignAsync(Guid? citizen, CancellationToken ct) =>
        await DoneAsync(
            await assignment.AssignAsync(Me, Id, citizen, ct),
            citizen is null ? "It is nobody's now." : "It is given.",
            undoUrl: null,
            ct
        );

    public async Task<IActionResult> OnPostAcceptAsync(CancellationToken ct) =>
        await DoneAsync(await review.AcceptAsync(Me, Id, Input.Text, ct), "It is accepted, and done.", undoUrl: null, ct);

    public async Task<IActionResult> OnPostSendBackAsync(CancellationToken ct) =>
        await DoneAsync(await review.SendBackAsync(Me, Id, Input.Text, ct), "It is sent back, with what you wrote.", undoUrl: null, ct);

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Me, Id, ct);
        if (!deleted.Ok)
        {
            return await DoneAsync(deleted, "", undoUrl: null, ct);
        }

        this.Toast("The task is deleted.");
        return LocalRedirect("/tasks");
    }

    private async Task<IActionResult> DoneAsync(Outcome<Guid> done, string said, string? undoUrl, CancellationToken ct)
    {
        if (!done.Ok)
        {
            return this.Refuse(await LoadAsync(ct) ?? done.Failure);
        }

        this.Toast(said, undoUrl: undoUrl);
        return LocalRedirect(Here);
    }

    private async Task<Failure?> LoadAsync(CancellationToken ct)
    {
        // Before anything is read, so that nothing which happens meanwhile is missed.
        LivePosition = live.Position(Me);
        var found = await details.FindAsync(Me, Id, Until, IsCommentsOnly, ct);
        Detail = found.Value!;
        return found.Failure;
    }
}
