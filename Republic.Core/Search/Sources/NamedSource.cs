using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Search.Sources;

/// <summary>Things that are found by their names: every word of the question is a part of it.</summary>
internal abstract class NamedSource(string kind, Snippets snippets) : ISearchSource
{
    /// <summary>Of a description so much is read.</summary>
    protected const int MostRead = 1000;

    public string Kind => kind;

    /// <summary>True where <see cref="SearchCandidate.Minion"/> is read.</summary>
    protected virtual bool KnowsMinions => false;

    /// <summary>Those that the person may see and that hold the words.</summary>
    public async Task<SearchSlice> FindAsync(RepublicDb db, SearchRequest request, CancellationToken ct)
    {
        if (request.Minion is not null && !KnowsMinions)
        {
            return SearchSlice.None;
        }

        var found = Holding(db, request)
            .Where(c => c.At >= request.From && (c.At < request.Before || (c.At == request.Before && c.Id < request.BeforeId)));
        found = request.Minion is { } minion ? found.Where(c => c.Minion == minion) : found;
        var begins = request.Question.Beginning;
        var sorted = request.IsJump
            ? found
                .OrderByDescending(c => EF.Functions.Like(" " + RepublicDb.SearchFold(c.Text), begins, LikePattern.Escape))
                .ThenByDescending(c => c.At)
            : found.OrderByDescending(c => c.At);
        var rows = await sorted.ThenByDescending(c => c.Id).Take(request.Limit).ToListAsync(ct);
        List<SearchResult> results = [];
        foreach (var row in rows)
        {
            results.Add(await ResultAsync(row, request.Question, ct));
        }

        return new SearchSlice(results, rows.Count == request.Limit ? new SearchCursor(kind, rows[^1].At, rows[^1].Id) : null);
    }

    /// <param name="question">Null: nothing was searched for.</param>
    public async Task<SearchResult> ResultAsync(SearchCandidate row, SearchQuestion? question, CancellationToken ct)
    {
        var snippet = await snippets.OfAsync(row.Description ?? "", isCited: false, question, ct);
        return new SearchResult(kind, row.Id, row.Title, snippet.Text, row.At)
        {
            Collection = row.Collection,
            Marks = snippet.Marks,
            TitleMarks = await snippets.MarksAsync(row.Title, question, ct),
        };
    }

    /// <summary>All that the person may see.</summary>
    protected abstract IQueryable<SearchCandidate> Visible(RepublicDb db, Guid person);

    protected virtual IQueryable<SearchCandidate> Holding(RepublicDb db, SearchRequest request)
    {
        var found = Visible(db, request.Person);
        foreach (var pattern in request.Question.Patterns)
        {
            found = found.Where(c => EF.Functions.Like(RepublicDb.SearchFold(c.Text), pattern, LikePattern.Escape));
        }

        return found;
    }
}
