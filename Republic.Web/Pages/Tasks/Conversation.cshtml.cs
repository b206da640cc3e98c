using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Conversations;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Tasks;

/// <summary>Opens the chat about a task. It is seen where there is nobody to talk with.</summary>
public sealed class ConversationModel(TaskCards cards, TaskConversations conversations) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public TaskCard Card { get; private set; } = null!;

    public string Here => $"/tasks/{Id}";

    private Guid Me => CurrentPerson.From(User).Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var found = await cards.FindOwnAsync(Me, Id, ct);
        return found.Ok ? LocalRedirect(Here) : this.Refuse(found.Failure);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var opened = await conversations.OpenAsync(Me, Id, ct);
        if (opened.Ok)
        {
            return LocalRedirect($"/chats/{opened.Value}");
        }

        var found = await cards.FindOwnAsync(Me, Id, ct);
        Card = found.Value!;
        return this.Refuse(found.Failure ?? opened.Failure);
    }
}
