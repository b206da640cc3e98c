using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Details;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Tasks;

public sealed class EditModel(TaskDetails details, TaskForms forms) : PageModel
{
    [BindProperty]
    public TaskForm Input { get; set; } = new();

    public TaskCard Card { get; private set; } = null!;

    /// <summary>What it could be a part of.</summary>
    public IReadOnlyList<TaskLink> Offered { get; private set; } = [];

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        var found = await LoadAsync(id, ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        Input = FormOf(found.Value);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        var found = await LoadAsync(id, ct);
        return found.Ok ? await SaveAsync(id, ct) : this.Refuse(found.Failure);
    }

    /// <summary>From the task's own page, which has fields for priority, due date and labels alone.</summary>
    public async Task<IActionResult> OnPostPropertiesAsync(Guid id, CancellationToken ct)
    {
        var found = await LoadAsync(id, ct);
        if (!found.Ok)
        {
            return this.Refuse(found.Failure);
        }

        var typed = Input;
        Input = FormOf(found.Value);
        (Input.Priority, Input.DueAt, Input.Labels) = (typed.Priority, typed.DueAt, typed.Labels);
        return await SaveAsync(id, ct);
    }

    private async Task<IActionResult> SaveAsync(Guid id, CancellationToken ct)
    {
        var saved = await forms.UpdateAsync(Me, id, Input, ModelState.TakeUnreadable(), ct);
        if (!saved.Ok)
        {
            if (saved.Failure.Kind == FailureKind.Conflict && await LoadAsync(id, ct) is { Ok: true } now)
            {
                // What was typed stays, and the next press of the button is meant.
                Input.Seen = FormOf(now.Value).Seen;
            }

            return this.Refuse(saved.Failure);
        }

        this.Toast("Saved.");
        return LocalRedirect($"/tasks/{id}");
    }

    private static TaskForm FormOf(TaskDetail detail) => TaskForm.Of(detail.Task, detail.Ancestors is [.., var parent] ? parent : null);

    private async Task<Outcome<TaskDetail>> LoadAsync(Guid id, CancellationToken ct)
    {
        var found = await details.FindOwnAsync(Me, id, ct);
        if (found.Ok)
        {
            (Card, Offered) = (found.Value.Task, found.Value.Offered);
        }

        return found;
    }
}
