using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Chats.Conversations;
using Republic.Core.Interactions.Deleting;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Training.Interactions;

namespace Republic.Web.Pages.Chats;

/// <summary>Chats that were deleted and can be restored.</summary>
public sealed class DeletedModel(ConversationReader conversations, ChatDeletion deletion) : PageModel
{
    private const int Length = 50;

    public IReadOnlyList<ConversationRow> Rows { get; private set; } = [];

    public ConversationCursor? Older => Rows is [.., { DeletedAt: { } at } last] && Rows.Count == Length ? new(at, last.Id) : null;

    private CurrentPerson Person => CurrentPerson.From(User);

    public static string RestoreUrl(Guid chat) => $"/chats/deleted?handler=Restore&id={chat}";

    public async Task OnGetAsync(string? before, CancellationToken ct)
    {
        var deleted = new ConversationFilter(IsDeleted: true);
        Rows = await conversations.ListAsync(Person.Id, deleted, Length, ConversationCursor.Parse(before), ct);
    }

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, CancellationToken ct)
    {
        var restored = await deletion.RestoreAsync(Person.Id, id, ct);
        if (!restored.Ok)
        {
            return this.Refuse(restored.Failure);
        }

        this.Toast("The chat is restored.");
        return RedirectToPage("Chat", new { id });
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken ct)
    {
        var erased = await deletion.EraseAsync(Person.Id, id, ct);
        if (!erased.Ok)
        {
            return this.Refuse(erased.Failure);
        }

        this.Toast("The chat is deleted for good.", DerivedWords.Deleted(erased.Value));
        return RedirectToPage();
    }
}
