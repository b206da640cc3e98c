using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Search.Sources;

/// <summary>Messages by their words, each with the sentence that holds them.</summary>
internal sealed class MessageTexts(Snippets snippets) : ISearchSource
{
    public string Kind => SearchKinds.Message;

    public async Task<SearchSlice> FindAsync(RepublicDb db, SearchRequest request, CancellationToken ct)
    {
        var found = await WordSearch.MessagesAsync(db, request, ct);
        var ids = found.ConvertAll(row => row.Id);
        var messages =
            from message in db.Messages
            join chat in db.Conversations.OwnedBy(request.Person) on message.ConversationId equals chat.Id
            where ids.Contains(message.Id)
            orderby message.CreatedAt descending, message.Id descending
            select new
            {
                message.Id,
                message.Content,
                HasSources = message.Trace != null,
                message.CreatedAt,
                Chat = chat.Id,
                chat.Title,
            };
        List<SearchResult> results = [];
        // One after another: each may be long.
        await foreach (var message in messages.AsAsyncEnumerable().WithCancellation(ct))
        {
            var snippet = await snippets.OfAsync(message.Content, message.HasSources, request.Question, ct);
            results.Add(
                new SearchResult(Kind, message.Id, message.Title ?? ConversationTitles.Untitled, snippet.Text, message.CreatedAt)
                {
                    Conversation = message.Chat,
                    Marks = snippet.Marks,
                }
            );
        }

        return new SearchSlice(results, found.Count == request.Limit ? new SearchCursor(Kind, found[^1].At, found[^1].Id) : null);
    }
}
