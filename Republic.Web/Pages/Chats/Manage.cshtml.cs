using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Chats.Conversations;
using Republic.Core.Minions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Pages.Chats;

/// <summary>A chat's name and end. Without JavaScript it is a page; with it, its forms stand in the chat's own menu.</summary>
public sealed class ManageModel(Transcripts transcripts, ConversationEditor editor, MinionEditor minions) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    private CurrentPerson Person => CurrentPerson.From(User);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var read = await transcripts.ReadAsync(Person.Id, Id, ct);
        Title ??= read.Value?.Conversation.Title;
        return read.Ok ? Page() : this.Refuse(read.Failure);
    }

    public async Task<IActionResult> OnPostRenameAsync(CancellationToken ct)
    {
        var renamed = await editor.RenameAsync(Person.Id, Id, Title, ct);
        return renamed.Ok ? RedirectToPage("Chat", new { id = Id }) : this.Refuse(renamed.Failure, prefix: "");
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        var deleted = await editor.DeleteAsync(Person.Id, Id, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast("The chat is deleted");
        return RedirectToPage("Index");
    }

    public async Task<IActionResult> OnPostRestoreAsync(CancellationToken ct)
    {
        var read = await transcripts.ReadAsync(Person.Id, Id, ct);
        if (!read.Ok || read.Value.Minion is not { } minion)
        {
            return NotFound();
        }

        var restored = await minions.RestoreAsync(Person.Id, minion.Id, ct);
        return restored.Ok ? RedirectToPage("Chat", new { id = Id }) : this.Refuse(restored.Failure);
    }
}
