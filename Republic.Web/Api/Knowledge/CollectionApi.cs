using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Ingest;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Knowledge;

internal static class CollectionApi
{
    private const string Users = "user_id";

    public static void MapCollections(this IEndpointRouteBuilder app)
    {
        var cards = app.MapGroup("/api/users/{user_id:guid}/collections").WithTags("Collections").RequireOwnUser();
        cards.MapGet("/", ListAsync).Produces<CollectionList>();
        cards.MapGet("/{id:guid}", GetAsync).Produces<CollectionFound>();
        var collections = cards.MapGroup("").RequireSelf();
        collections.MapPost("/", CreateAsync).Produces<CollectionFound>(StatusCodes.Status201Created);
        collections.MapPut("/{id:guid}", UpdateAsync).Produces<CollectionFound>();
        collections.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        collections.MapPost("/{id:guid}/reindex", ReindexAsync).Produces<CollectionFound>(StatusCodes.Status202Accepted);
        collections.MapPost("/{id:guid}/search", SearchAsync).Produces<SearchFound>();
        collections.MapDocuments();
        collections.MapPassages();
    }

    private static async Task<IResult> ListAsync(
        CollectionCards cards,
        [FromRoute(Name = Users)] Guid userId,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit, CollectionCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await cards.ListAsync(userId, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(new CollectionList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    private static async Task<IResult> CreateAsync(
        CollectionEditor editor,
        CollectionCards cards,
        [FromRoute(Name = Users)] Guid userId,
        CollectionBody body,
        CancellationToken ct
    )
    {
        var input = body.ToInput();
        var made = input.Ok ? await editor.CreateAsync(userId, input.Value, ct) : input.Failure;
        var card = made.Ok ? await cards.FindAsync(userId, made.Value, ct) : made.Failure;
        return card.ToResult(c => TypedResults.Created($"/api/users/{userId}/collections/{c.Id}", new CollectionFound(c)));
    }

    private static async Task<IResult> GetAsync(
        CollectionCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await cards.FindAsync(userId, id, ct)).ToResult(card => TypedResults.Ok(new CollectionFound(card)));

    private static async Task<IResult> UpdateAsync(
        CollectionEditor editor,
        CollectionCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CollectionBody body,
        CancellationToken ct
    )
    {
        // Whose it is comes first: a stranger is not told what is wrong with the body.
        var found = await cards.FindAsync(userId, id, ct);
        var input = found.Ok ? body.ToInput() : found.Failure;
        var updated = input.Ok ? await editor.UpdateAsync(userId, id, input.Value, ct) : input.Failure;
        return updated.Ok ? await GetAsync(cards, userId, id, ct) : updated.Failure.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(
        CollectionEditor editor,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await editor.DeleteAsync(userId, id, ct)).ToResult(_ => TypedResults.NoContent());

    /// <summary>Reads and cuts all documents anew, in the background.</summary>
    private static async Task<IResult> ReindexAsync(
        CollectionEditor editor,
        CollectionCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        [FromQuery(Name = "lose_edits")] bool? loseEdits,
        CancellationToken ct
    )
    {
        var asked = await editor.IndexAgainAsync(userId, id, loseEdits ?? false, ct);
        var card = asked.Ok ? await cards.FindAsync(userId, id, ct) : asked.Failure;
        return card.ToResult(c => TypedResults.Accepted($"/api/users/{userId}/collections/{c.Id}", new CollectionFound(c)));
    }

    private static async Task<IResult> SearchAsync(
        KnowledgeSearch search,
        CollectionCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        SearchBody body,
        CancellationToken ct
    )
    {
        var found = await cards.FindAsync(userId, id, ct);
        var answer = found.Ok ? await search.SearchAsync(userId, [id], body.Query ?? "", body.Limit ?? 10, ct) : found.Failure;
        return answer.ToResult(hits => TypedResults.Ok(new SearchFound(hits)));
    }

    internal sealed record CollectionList(IReadOnlyList<CollectionCard> Collections, string? NextCursor);

    internal sealed record CollectionFound(CollectionCard Collection);

    internal sealed record SearchBody(string? Query, int? Limit);

    internal sealed record SearchFound(IReadOnlyList<HitFound> Hits, double LexicalMs, double? SemanticMs, string? LexicalAlone)
    {
        public SearchFound(SearchAnswer answer)
            : this([.. answer.Hits.Select(hit => new HitFound(hit))], answer.LexicalMs, answer.SemanticMs, answer.LexicalAlone) { }
    }

    /// <param name="Offset">Of its own part, in the document's text.</param>
    internal sealed record HitFound(
        Guid DocumentId,
        Guid PassageId,
        string Document,
        string? Heading,
        string Text,
        double Score,
        int? LexicalRank,
        int? SemanticRank,
        double? WordShare,
        double? Similarity,
        int? Page,
        int Offset,
        int Length
    )
    {
        public HitFound(PassageHit hit)
            : this(
                hit.DocumentId,
                hit.PassageId,
                hit.Document,
                hit.Heading,
                hit.Text,
                hit.Score,
                hit.LexicalRank,
                hit.SemanticRank,
                hit.WordShare,
                hit.Similarity,
                hit.Page,
                hit.Offset,
                hit.Length
            ) { }
    }
}
