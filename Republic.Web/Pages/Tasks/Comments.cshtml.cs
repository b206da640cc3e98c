using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Tasks;

/// <summary>Takes what is written under a task. It is seen where something is not right with it.</summary>
public sealed class CommentsModel(TaskCards cards, TaskComments comments) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Which comments the page of the task showed, and shows again: as <see cref="DetailModel.Show"/>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <inheritdoc cref="DetailModel.Until"/>
    [BindProperty(SupportsGet = true)]
    public Guid? Until { get; set; }

    [BindProperty]
    public CommentForm Input { get; set; } = new();

    public TaskCard Card { get; private set; } = null!;

    public string Here => $"/tasks/{Id}";

    public string Back => $"{CommentsAddress.Of(Here, Show == CommentsAddress.CommentsOnly, Until)}#comments";

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var found = await cards.FindAsync(Me, Id, ct);
        return found.Ok ? LocalRedirect(Back) : this.Refuse(found.Failure);
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct) =>
        await DoneAsync(await comments.AddAsync(Me, Id, Input.Text, ct), "", ct);

    public async Task<IActionResult> OnPostSaveAsync(Guid comment, CancellationToken ct) =>
        await DoneAsync(await comments.UpdateAsync(Me, Id, comment, Input.Text, ct), "The comment is changed.", ct);

    public async Task<IActionResult> OnPostDeleteAsync(Guid comment, CancellationToken ct) =>
        await DoneAsync(await comments.DeleteAsync(Me, Id, comment, ct), "The comment is deleted.", ct);

    private async Task<IActionResult> DoneAsync<T>(Outcome<T> done, string said, CancellationToken ct)
    {
        if (!done.Ok)
        {
            var found = await cards.FindAsync(Me, Id, ct);
            Card = found.Value!;
            return this.Refuse(found.Failure ?? done.Failure);
        }

        if (said.Length > 0)
        {
            this.Toast(said);
        }

        return LocalRedirect(Back);
    }
}
