using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Editing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>The person's tasks, in columns or as a list.</summary>
public sealed class IndexModel(TaskViews views, TaskForms forms, TaskBatch batch, TaskFilters filters, LiveEvents live) : PageModel
{
    [BindProperty]
    public TaskForm Input { get; set; } = new();

    public Guid Me => CurrentPerson.From(User).Id;

    public TaskBoardView View { get; private set; } = null!;

    /// <summary>The form of a new task is open.</summary>
    public bool IsNew { get; private set; }

    public string LivePosition { get; private set; } = "";

    private BoardAddress Address => BoardAddress.Of(Request.Query);

    private DateTimeOffset Today => TaskTimes.Today(LocalTime.Of(HttpContext));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        var form = await forms.NewAsync(Me, Request.Query, ct);
        if (!form.Ok)
        {
            return this.Refuse(form.Failure);
        }

        await LoadAsync(ct);
        (IsNew, Input) = (TaskStates.Of(Request.Query["new"]) is not null, form.Value);
        return Request.IsHtmx() ? Partial("_BoardUpdate", View) : Page();
    }

    public async Task<IActionResult> OnPostCreateAsync(CancellationToken ct)
    {
        var made = await forms.CreateAsync(Me, Input, ModelState.TakeUnreadable(), ct);
        if (!made.Ok)
        {
            IsNew = true;
            await LoadAsync(ct);
            return this.Refuse(made.Failure);
        }

        this.Toast($"“{PlainName.Of(Input.Title?.Trim())}” is added.");
        var shown = Input.MessageId is null ? Input.PartOf : made.Value;
        return LocalRedirect(shown is { } task ? $"/tasks/{task}" : Address.Here);
    }

    public async Task<IActionResult> OnPostMoveAsync(Guid id, MoveForm form, CancellationToken ct)
    {
        ModelState.Clear();
        var moved = await forms.MoveAsync(Me, id, form, ct);
        await LoadAsync(ct);
        if (!Request.IsHtmx())
        {
            return moved.Ok ? LocalRedirect(Address.Here) : this.Refuse(moved.Failure);
        }

        if (moved.Failure is { } failure)
        {
            // The board as it is puts the card back.
            Response.StatusCode = failure.StatusCode();
            this.Toast(failure.Message, tone: "bad");
        }

        return Partial("_BoardUpdate", View);
    }

    public async Task<IActionResult> OnPostManyAsync(Guid[] ids, string? what, string? to, Guid? citizen, CancellationToken ct)
    {
        var result = what switch
        {
            "assign" => await batch.AssignAsync(Me, ids, citizen, ct),
            "archive" => await batch.MoveAsync(Me, ids, WorkTaskStatus.Archived, ct),
            _ => await batch.MoveAsync(Me, ids, TaskStates.Of(to) ?? WorkTaskStatus.Todo, ct),
        };
        if (result is { Done: 0, Refused: { } refused })
        {
            await LoadAsync(ct);
            return this.Refuse(refused);
        }

        this.Toast(TaskBatchWords.Of(result, what), tone: result.Refused is null ? "good" : "bad");
        return LocalRedirect(Address.Here);
    }

    public async Task<IActionResult> OnPostSaveViewAsync(string? name, CancellationToken ct) =>
        Done(await filters.SaveAsync(Me, name, Address.ToView(), ct), "The view is saved.");

    public async Task<IActionResult> OnPostDeleteViewAsync(Guid id, CancellationToken ct) =>
        Done(await filters.DeleteAsync(Me, id, ct), "The view is deleted.");

    private IActionResult Done<T>(Outcome<T> done, string said)
    {
        if (done.Failure is { Kind: FailureKind.NotFound } missing)
        {
            return this.Refuse(missing);
        }

        this.Toast(done.Failure?.Message ?? said, tone: done.Ok ? "good" : "bad");
        return LocalRedirect(Address.Here);
    }

    private async Task LoadAsync(CancellationToken ct) =>
        (LivePosition, View) = (live.Position(Me), await views.ReadAsync(Me, Address, Today, Request.IsHtmx(), ct));
}
