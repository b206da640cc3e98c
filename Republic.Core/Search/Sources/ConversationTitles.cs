using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Conversations;
using Republic.Core.Data;

namespace Republic.Core.Search.Sources;

/// <summary>Chats by their titles, the last used first.</summary>
internal sealed class ConversationTitles(Snippets snippets) : ISearchSource
{
    public const string Untitled = "A chat without a name";

    public string Kind => SearchKinds.Conversation;

    public async Task<SearchSlice> FindAsync(RepublicDb db, SearchRequest request, CancellationToken ct)
    {
        var found = await WordSearch.TitlesAsync(db, request, ct);
        var ids = found.ConvertAll(row => row.Id);
        var results = await ReadAsync(db, db.Conversations.OwnedBy(request.Person).Where(c => ids.Contains(c.Id)), request.Question, ct);
        return new SearchSlice(results, found.Count == request.Limit ? new SearchCursor(Kind, found[^1].At, found[^1].Id) : null);
    }

    /// <summary>The last used first, each with the beginning of its last message.</summary>
    /// <param name="question">Null: nothing was searched for.</param>
    public async Task<IReadOnlyList<SearchResult>> ReadAsync(
        RepublicDb db,
        IQueryable<Conversation> conversations,
        SearchQuestion? question,
        CancellationToken ct
    )
    {
        var rows = await conversations
            .OrderByDescending(c => c.UpdatedAt)
            .ThenByDescending(c => c.Id)
            .Select(c => new
            {
                c.Id,
                c.Title,
                c.UpdatedAt,
                Last = db.Messages.Where(m => m.Id == c.LeafId).Select(m => m.Content.Substring(0, Snippets.MaxLength)).FirstOrDefault(),
            })
            .ToListAsync(ct);
        List<SearchResult> results = [];
        foreach (var row in rows)
        {
            var title = row.Title ?? Untitled;
            var last = await snippets.OfAsync(row.Last ?? "", isCited: true, null, ct);
            results.Add(
                new SearchResult(Kind, row.Id, title, last.Text, row.UpdatedAt)
                {
                    TitleMarks = await snippets.MarksAsync(title, question, ct),
                }
            );
        }

        return results;
    }
}
