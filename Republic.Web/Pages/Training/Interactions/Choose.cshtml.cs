using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Interactions;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Minions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Htmx;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training.Interactions;

/// <summary>The page on which a person chooses which chats teach a minion.</summary>
public sealed class ChooseModel(RepublicDb db, ChatChoices chats) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid? Minion { get; set; }

    public string Name { get; private set; } = "";

    public IReadOnlyList<TeachingChat> Chats { get; private set; } = [];

    private Guid Me => CurrentPerson.From(User).Id;

    /// <summary>Without a minion the page is about the one that “From my chats” shows.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Minion ??= LearningMinions.Usual(await LearningMinions.ListAsync(db.Minions, Me, ct));
        if (Minion is not { } minion)
        {
            // There it is said how to make one.
            return LocalRedirect(ChatsAddress.Of(minion: null));
        }

        var name = await db
            .Minions.OwnedBy(Me)
            .Live()
            .Where(m => m.Id == minion)
            .Select(m => m.Citizen.DisplayName)
            .SingleOrDefaultAsync(ct);
        if (name is null)
        {
            return NotFound();
        }

        (Name, Chats) = (name, await chats.ListAsync(Me, minion, ct));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Dictionary<Guid, bool>? shown, List<Guid>? teaching, CancellationToken ct)
    {
        var changed = await chats.ChooseAsync(Me, Minion ?? Guid.Empty, shown ?? [], (teaching ?? []).ToHashSet(), ct);
        if (!changed.Ok)
        {
            return this.Refuse(changed.Failure);
        }

        this.Toast(changed.Value == 0 ? "Nothing changed." : $"{Figures.Count(changed.Value, "chat")} changed.");
        return LocalRedirect(ChatsAddress.Of(Minion));
    }

    /// <summary>Deletes the datasets with rows of chats that were deleted or taken back.</summary>
    public async Task<IActionResult> OnPostDeleteRowsAsync([FromServices] DerivedRows rows, CancellationToken ct)
    {
        var deleted = await rows.DeleteTakenBackAsync(Me, Minion ?? Guid.Empty, ct);
        if (!deleted.Ok)
        {
            return this.Refuse(deleted.Failure);
        }

        this.Toast(
            DerivedWords.TakenBackDeleted(deleted.Value),
            string.Join(' ', deleted.Value.Held),
            tone: deleted.Value.Held.Count > 0 ? "warn" : "good"
        );
        return LocalRedirect(ChatsAddress.Of(Minion));
    }
}
