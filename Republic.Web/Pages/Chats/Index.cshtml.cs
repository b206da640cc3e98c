using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Chats;

public sealed class IndexModel(RepublicDb db, ConversationReader conversations, ConversationEditor editor, LiveEvents live) : PageModel
{
    public CurrentPerson Person => CurrentPerson.From(User);

    public ChatList List { get; private set; } = null!;

    public IReadOnlyList<Minion> Minions { get; private set; } = [];

    public string LivePosition { get; private set; } = "";

    /// <summary>With a minion it goes on to a chat with it: an empty one that is there, or a new one.</summary>
    public async Task<IActionResult> OnGetAsync(Guid? minion, int? version, string? before, CancellationToken ct)
    {
        if (minion is { } id)
        {
            return await OnPostAsync(id, version, ct);
        }

        LivePosition = live.Position(Person.Id);
        await LoadAsync(current: null, before, ct);
        var minions = await db.Minions.AsNoTracking().OwnedBy(Person.Id).Live().Sorted(MinionSort.Used).ToListAsync(ct);
        Minions = [.. minions.OrderBy(m => !m.Citizen.IsActive)];
        return Page();
    }

    public async Task<IActionResult> OnGetListAsync(Guid? current, CancellationToken ct)
    {
        await LoadAsync(current, before: null, ct);
        return Partial("_ListUpdate", List);
    }

    /// <summary>The count in the navigation, for a page that is open while a tool call begins or ceases to wait for the person.</summary>
    public async Task<IActionResult> OnGetWaitingAsync(CancellationToken ct) =>
        Partial("_Waiting", await conversations.CountWaitingAsync(Person.Id, ct));

    public async Task<IActionResult> OnPostAsync(Guid minion, int? version, CancellationToken ct)
    {
        var opened = await editor.OpenAsync(Person.Id, minion, version, ct);
        return opened.Ok ? RedirectToPage("Chat", new { id = opened.Value }) : this.Refuse(opened.Failure);
    }

    private async Task LoadAsync(Guid? current, string? before, CancellationToken ct) =>
        List = new ChatList(
            await conversations.ListAsync(Person.Id, ChatList.Length, ConversationCursor.Parse(before), ct),
            current,
            Person.Id,
            LocalTime.Of(HttpContext)
        );
}
