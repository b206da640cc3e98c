using Microsoft.AspNetCore.Mvc;
using Republic.Core.Search;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api;

internal static class SearchApi
{
    private const int UsualPage = 20;

    public static void MapSearch(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/search", FindAsync).WithTags("Search").Produces<SearchResultList>();

    /// <summary>
    /// What the person may see: things by their names, then chats by their titles and messages by their words; of each kind the newest first. All of
    /// the words are there, the first 32 of them; of a message the last may also be the beginning of one. Capitals and accents make no difference.
    /// </summary>
    /// <param name="q">Words. Of punctuation alone, its signs.</param>
    /// <param name="kind">
    /// minion, task, scenario, episode, run, dataset, collection, document, personal_model, setting, conversation or message; all where it is left out.
    /// </param>
    /// <param name="minion">Only chats with this minion, what was said in them, its runs and the tasks that are assigned to it.</param>
    /// <param name="from">Only what was said or changed then or later.</param>
    /// <param name="until">Only what was said or changed earlier.</param>
    private static async Task<IResult> FindAsync(
        SearchReader search,
        CurrentPerson me,
        string? q,
        string? kind,
        [FromQuery(Name = "minion_id")] Guid? minion,
        DateTimeOffset? from,
        DateTimeOffset? until,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var query = new SearchQuery(q ?? "")
        {
            Kind = kind,
            Minion = minion,
            From = from,
            Until = until,
            Limit = limit ?? UsualPage,
            Cursor = cursor,
        };
        return (await search.FindAsync(me.Id, me.IsSuperuser, query, ct)).ToResult(page => TypedResults.Ok(SearchResultList.Of(page)));
    }

    internal sealed record SearchResultList(IReadOnlyList<SearchResultRow> Results, string? NextCursor)
    {
        public static SearchResultList Of(SearchPage page) => new([.. page.Results.Select(SearchResultRow.Of)], page.NextCursor);
    }

    /// <param name="Title">Of a message, that of its chat.</param>
    /// <param name="Snippet">The sentence that holds the words, at most 200 characters; of what is found by its name, what else is said of it.</param>
    /// <param name="Url">The path of its page here.</param>
    /// <param name="ConversationId">Of a message; null for all else.</param>
    /// <param name="At">When it was said, or changed last.</param>
    internal sealed record SearchResultRow(
        string Kind,
        Guid Id,
        string Title,
        string Snippet,
        string Url,
        Guid? ConversationId,
        DateTimeOffset At
    )
    {
        public static SearchResultRow Of(SearchResult result) =>
            new(result.Kind, result.Id, result.Title, result.Snippet, SearchAddresses.Of(result), result.Conversation, result.At);
    }
}
