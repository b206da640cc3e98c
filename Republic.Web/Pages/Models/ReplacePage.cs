using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Listings;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Models;

/// <summary>A page about one of a minion's models: its own, or that of a fallback.</summary>
public abstract class ReplacePage(RepublicDb db, ProviderLists lists, ProviderCatalog catalog, MinionDeprecations deprecations) : PageModel
{
    private const string AnyQuestion = "Who are you, and what can you help me with?";

    /// <summary>Which fallback, from 0; null: its own model.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Fallback { get; set; }

    public Minion Minion { get; private set; } = null!;

    /// <summary>What stands there now.</summary>
    public MinionFallback Present { get; private set; } = null!;

    public ProviderRow? Provider => catalog.Find(Present.Provider);

    public ModelDeprecation? End { get; private set; }

    /// <summary>What was last read of the provider's models.</summary>
    public IReadOnlyList<ListedModel> Known { get; private set; } = [];

    protected Guid Me => CurrentPerson.From(User).Id;

    protected async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        var minion = await db.Minions.AsNoTracking().OwnedBy(Me).Live().SingleOrDefaultAsync(m => m.Id == id, ct);
        if (minion is null || Fallback < 0 || Fallback >= minion.Fallbacks.Count)
        {
            return false;
        }

        Minion = minion;
        Present = Fallback is { } place ? minion.Fallbacks[place] : new MinionFallback(minion.Provider, minion.ModelId, minion.BaseUrl);
        var known = await deprecations.ForAsync(Me, ct);
        End = Fallback is null ? known.Of(minion) : known.Of(minion, Present);
        var read = await lists.OfAsync(Me, Present.Provider, ct);
        Known = [.. read.SelectMany(list => list.Present.Select(listed => listed.Model)).DistinctBy(model => model.Id)];
        return true;
    }

    /// <summary>What was last asked in a chat, which goes nowhere by itself but where the chat goes.</summary>
    protected async Task<string> QuestionAsync(CancellationToken ct)
    {
        if (Fallback is not null && !Minion.FallbackConsent)
        {
            return AnyQuestion;
        }

        var asked = db.Messages.AskedOf(db, Me, Minion.Id).OrderByDescending(m => m.CreatedAt).Select(m => m.Content);
        return await asked.FirstOrDefaultAsync(ct) is { Length: > 0 and <= ModelQuestion.LongestPrompt } last ? last : AnyQuestion;
    }
}
