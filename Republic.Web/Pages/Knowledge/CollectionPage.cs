using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core;
using Republic.Core.Knowledge.Collections;
using Republic.Web.Http.Auth;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Knowledge;

/// <summary>What the pages of one collection have in common: whose it is, and the head with its tabs.</summary>
public abstract class CollectionPage(CollectionCards cards) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The tab's place in the address; empty for the first.</summary>
    public abstract string Tab { get; }

    public CollectionCard Collection { get; private set; } = null!;

    public Guid Me => CurrentPerson.From(User).Id;

    public bool IsWorking => Collection.Processing > 0;

    /// <summary>How passages are found, for people.</summary>
    public string FoundBy =>
        Collection.Embedding is { } model
            ? $"found by their words and, through {PlainName.Of(model.ModelId)}, by meaning"
            : "found by their words alone";

    public string Sentence =>
        Collection.DocumentCount == 0 ? "It holds no documents yet."
        : Collection.Processing == Collection.DocumentCount
            ? $"{Figures.Count(Collection.DocumentCount, "document is", "documents are")} being indexed."
        : $"{Figures.Count(Collection.PassageCount, "passage")} of {Figures.Count(Collection.DocumentCount, "document")}, {FoundBy}.";

    public string Address(string tab) => $"/knowledge/{Id}{(tab.Length == 0 ? "" : "/")}{tab}";

    /// <summary>The collection of this person.</summary>
    protected async Task<Outcome<CollectionCard>> LoadAsync(CancellationToken ct)
    {
        var found = await cards.FindAsync(Me, Id, ct);
        Collection = found.Ok ? found.Value : Collection;
        return found;
    }
}
