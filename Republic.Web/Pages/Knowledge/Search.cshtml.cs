using Microsoft.AspNetCore.Mvc;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Retrieval;
using Republic.Web.Http;

namespace Republic.Web.Pages.Knowledge;

/// <summary>Shows what an answer would be given, and why.</summary>
public sealed class SearchModel(CollectionCards cards, KnowledgeSearch search, HitMarks marks) : CollectionPage(cards)
{
    public const int Shown = 20;

    public override string Tab => "search";

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public SearchView? Found { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var loaded = await LoadAsync(ct);
        if (!loaded.Ok)
        {
            return this.Refuse(loaded.Failure);
        }

        if (string.IsNullOrWhiteSpace(Q))
        {
            return Page();
        }

        var answer = await search.SearchAsync(Me, [Id], Q, Shown, ct);
        if (!answer.Ok)
        {
            return this.Refuse(answer.Failure);
        }

        var marked = await marks.MarkAsync(Me, Q, answer.Value.Hits.Select(hit => hit.PassageId), ct);
        Found = SearchView.Of(answer.Value, marked, [Collection]);
        return Page();
    }
}
