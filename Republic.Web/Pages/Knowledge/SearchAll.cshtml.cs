using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Retrieval;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Pages.Knowledge;

/// <summary>The same over all collections of a person, the newest of them.</summary>
public sealed class SearchAllModel(CollectionCards cards, KnowledgeSearch search, HitMarks marks) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public SearchView? Found { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Q))
        {
            return Page();
        }

        var me = CurrentPerson.From(User).Id;
        var all = await cards.ListAsync(me, CollectionCards.MaxPage, null, ct);
        var answer = await search.SearchAsync(me, [.. all.Select(collection => collection.Id)], Q, SearchModel.Shown, ct);
        if (!answer.Ok)
        {
            return this.Refuse(answer.Failure);
        }

        var marked = await marks.MarkAsync(me, Q, answer.Value.Hits.Select(hit => hit.PassageId), ct);
        Found = SearchView.Of(answer.Value, marked, all);
        return Page();
    }
}
