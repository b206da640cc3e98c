using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Chats.Conversations;
using Republic.Core.Interactions.Deleting;
using Republic.Core.Minions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Training.Interactions;

namespace Republic.Web.Pages.Chats;

/// <summary>A chat's name, whether it teaches, the panel beside it, and its end. Without JavaScript it is a page; with it, its forms stand in the chat's own menu.</summary>
public sealed class ManageModel(Transcripts transcripts, ConversationEditor editor, MinionEditor minions) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    public Transcript Chat { get; private set; } = null!;

    private CurrentPerson Person => CurrentPerson.From(User);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var read = await transcripts.ReadAsync(Person.Id, Id, BranchWindow.Last, ct);
        if (!read.Ok)
        {
            return this.Refuse(read.Failure);
        }

        Chat = read.Value;
        Title ??= Chat.Conversation.Title;
        return Page();
    }

    public async Task<IActionResult> OnPostRenameAsync(CancellationToken ct)
    {
        var read = await transcripts.ReadAsync(Person.Id, Id, BranchWindow.Last, ct);
        if (!read.Ok)
        {
            return this.Refuse(read.Failure);
        }

        Chat = read.Value;
        var renamed = await editor.RenameAsync(Person.Id, Id, Title, ct);
        return renamed.Ok ? RedirectToPage("Chat", new { id = Id }) : this.Refuse(renamed.Failure, prefix: "");
    }

    /// <summary>Opens or folds the panel beside all chats in this browser.</summary>
    public async Task<IActionResult> OnPostSideAsync(string? side, CancellationToken ct)
    {
        var read = await transcripts.ReadAsync(Person.Id, Id, BranchWindow.Last, ct);
        if (!read.Ok)
        {
            return this.Refuse(read.Failure);
        }

        SidePanel.Choose(Response, side);
        if (Request.IsHtmx())
        {
            return new NoContentResult();
        }

        // Where there is no column for it, the page shows the panel that its address names.
        return RedirectToPage("Chat", null, new { id = Id }, side == SidePanel.Open ? "chat-side" : null);
    }

    public async Task<IActionResult> OnPostDeleteAsync([FromServices] ChatDeletion deletion, CancellationToken ct)
    {
        var deleted = await deletion.DeleteAsync(Person.Id, Id, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        var meaning = $"It can be restored for {Conversation.DaysKept} days. {DerivedWords.Deleted(deleted.Value)}".TrimEnd();
        this.Toast("The chat is deleted.", meaning, DeletedModel.RestoreUrl(Id));
        return RedirectToPage("Index");
    }

    public async Task<IActionResult> OnPostRestoreAsync(CancellationToken ct)
    {
        var read = await transcripts.ReadAsync(Person.Id, Id, BranchWindow.Last, ct);
        if (!read.Ok || read.Value.Minion is not { } minion)
        {
            return NotFound();
        }

        Chat = read.Value;
        var restored = await minions.RestoreAsync(Person.Id, minion.Id, ct);
        return restored.Ok ? RedirectToPage("Chat", new { id = Id }) : this.Refuse(restored.Failure);
    }
}
