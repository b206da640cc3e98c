using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;
using Republic.Core.Search.Words;

namespace Republic.Core.Search;

/// <summary>Finds what a person may see: things by their names, chats by their titles, messages by their words.</summary>
public sealed class SearchReader
{
    public const int MaxPage = 50;

    private const int MostToJump = 5;

    private readonly IDbContextFactory<RepublicDb> databases;
    private readonly LetterFolding letters;
    private readonly IReadOnlyList<ISearchSource> sources;
    private readonly RecentThings recent;

    /// <param name="sources">In the order of their results.</param>
    internal SearchReader(
        IDbContextFactory<RepublicDb> databases,
        LetterFolding letters,
        IEnumerable<ISearchSource> sources,
        RecentThings recent
    ) => (this.databases, this.letters, this.sources, this.recent) = (databases, letters, [.. sources], recent);

    /// <summary>One page: kind after kind, and of each the newest first.</summary>
    public async Task<Outcome<SearchPage>> FindAsync(Guid person, bool isSuperuser, SearchQuery query, CancellationToken ct)
    {
        var cursor = query.Cursor is { } text ? SearchCursor.Parse(text) : null;
        if (Wrong(query, cursor) is { } wrong)
        {
            return wrong;
        }

        var question = SearchQuestion.Of(await FoldAsync(query.Text, ct));
        if (question.IsEmpty)
        {
            return Failure.Invalid("q", "Say what to search for: one word or more.");
        }

        var limit = Math.Clamp(query.Limit, 1, MaxPage);
        var first = Within(query, new SearchRequest(person, isSuperuser, question, limit));
        await using var db = await databases.CreateDbContextAsync(ct);
        List<SearchResult> found = [];
        foreach (var source in Asked(query.Kind).SkipWhile(source => cursor is not null && source.Kind != cursor.Kind))
        {
            var request = first with { Limit = limit - found.Count };
            request =
                cursor is not null && source.Kind == cursor.Kind ? request with { Before = cursor.At, BeforeId = cursor.Id } : request;
            var slice = await source.FindAsync(db, request, ct);
            found.AddRange(slice.Results);
            if (slice.Next is { } next)
            {
                return new SearchPage(found, next.ToString());
            }
        }

        return new SearchPage(found, null);
    }

    /// <summary>Where a person may want to go who types this: a few of each kind, and before the first letter what they used last.</summary>
    public async Task<IReadOnlyList<SearchResult>> JumpAsync(Guid person, bool isSuperuser, string text, CancellationToken ct)
    {
        var folded = await FoldAsync(text.AtMost(SearchQuery.MaxLength), ct);
        var (typed, whole) = (SearchQuestion.Typed(folded), SearchQuestion.Of(folded));
        await using var db = await databases.CreateDbContextAsync(ct);
        if (typed.IsEmpty)
        {
            return await recent.ListAsync(db, person, ct);
        }

        List<SearchResult> found = [];
        foreach (var source in sources)
        {
            var isMessages = source.Kind == SearchKinds.Message;
            if (!isMessages || !whole.IsShort)
            {
                var question = isMessages ? whole : typed;
                var request = new SearchRequest(person, isSuperuser, question, MostToJump) { IsJump = true };
                found.AddRange((await source.FindAsync(db, request, ct)).Results);
            }
        }

        return found;
    }

    private static Failure? Wrong(SearchQuery query, SearchCursor? cursor)
    {
        if (query.Text.Length > SearchQuery.MaxLength)
        {
            return Failure.Invalid(
                "q",
                $"A search has at most {SearchQuery.MaxLength:N0} characters, and this one has {query.Text.Length:N0}. A few words of it are enough."
            );
        }

        if (query.Kind is { } kind && !SearchKinds.All.Contains(kind))
        {
            return Failure.Invalid("kind", $"kind is one of {string.Join(", ", SearchKinds.All)}.");
        }

        return query.Cursor is not null && (cursor is null || (query.Kind ?? cursor.Kind) != cursor.Kind)
            ? Failure.Invalid("cursor", "This is not a cursor that was handed out. Begin without one.")
            : null;
    }

    private static SearchRequest Within(SearchQuery query, SearchRequest request) =>
        request with
        {
            Minion = query.Minion,
            From = query.From is { } since && since > request.From ? since.ToUniversalTime() : request.From,
            Before = query.Until is { } until && until < request.Before ? until.ToUniversalTime() : request.Before,
        };

    private IEnumerable<ISearchSource> Asked(string? kind) => kind is null ? sources : sources.Where(source => source.Kind == kind);

    private async Task<string> FoldAsync(string text, CancellationToken ct) => (await letters.FoldAsync(PlainWords.Named(text), ct)).Text;
}
