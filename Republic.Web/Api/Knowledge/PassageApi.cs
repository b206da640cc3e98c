using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Ingest;
using Republic.Web.Http;

namespace Republic.Web.Api.Knowledge;

/// <summary>Passages of a document: as they were cut, and as a person changes them.</summary>
internal static class PassageApi
{
    public static void MapPassages(this IEndpointRouteBuilder collections)
    {
        var passages = collections.MapGroup("/{id:guid}/documents/{document_id:guid}/passages");
        passages.MapGet("/", ListAsync).Produces<PassageList>();
        passages.MapPut("/{passage_id:guid}", EditAsync).Produces<PassageFound>();
        passages.MapDelete("/{passage_id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        passages.MapPost("/{passage_id:guid}/merge", MergeAsync).Produces<PassageFound>();
        passages.MapPost("/{passage_id:guid}/split", SplitAsync).Produces<PassageFound>();
    }

    /// <summary>In the document's order, from a place on; <c>next</c> is the place of the next page.</summary>
    private static async Task<IResult> ListAsync(
        PassageCards cards,
        [FromRoute(Name = "user_id")] Guid userId,
        Guid id,
        [FromRoute(Name = "document_id")] Guid documentId,
        int? offset,
        int? limit,
        CancellationToken ct
    )
    {
        var (from, most) = (Math.Max(0, offset ?? 0), Math.Clamp(limit ?? 50, 1, PassageCards.MaxPage));
        var page = await cards.PageAsync(userId, id, documentId, from, most, ct);
        return page.ToResult(found =>
            TypedResults.Ok(
                new PassageList(
                    found.Passages,
                    found.Total,
                    found.Revision,
                    found.Passages.Count == most && from + most < found.Total ? from + most : null
                )
            )
        );
    }

    private static async Task<IResult> EditAsync(
        PassageEditor editor,
        PassageCards cards,
        [AsParameters] PassageRoute route,
        PassageText body,
        CancellationToken ct
    ) => await FoundAsync(await editor.EditAsync(route.Address, body.Text, ct), cards, route, ct);

    private static async Task<IResult> DeleteAsync(PassageEditor editor, [AsParameters] PassageRoute route, CancellationToken ct) =>
        (await editor.DeleteAsync(route.Address, ct)).ToResult(_ => TypedResults.NoContent());

    /// <summary>Makes one of it and the next.</summary>
    private static async Task<IResult> MergeAsync(
        PassageEditor editor,
        PassageCards cards,
        [AsParameters] PassageRoute route,
        CancellationToken ct
    ) => await FoundAsync(await editor.MergeAsync(route.Address, ct), cards, route, ct);

    /// <summary>Makes two of it, the second beginning at a place of its text.</summary>
    private static async Task<IResult> SplitAsync(
        PassageEditor editor,
        PassageCards cards,
        [AsParameters] PassageRoute route,
        PassagePlace body,
        CancellationToken ct
    ) => await FoundAsync(await editor.SplitAsync(route.Address, body.At ?? 0, ct), cards, route, ct);

    private static async Task<IResult> FoundAsync(Outcome<Guid> changed, PassageCards cards, PassageRoute route, CancellationToken ct)
    {
        var at = route.Address;
        var passage = changed.Ok ? await cards.FindAsync(at.Owner, at.Collection, at.Document, changed.Value, ct) : changed.Failure;
        return passage.ToResult(found => TypedResults.Ok(new PassageFound(found)));
    }

    internal sealed record PassageRoute(
        [FromRoute(Name = "user_id")] Guid UserId,
        [FromRoute(Name = "id")] Guid Id,
        [FromRoute(Name = "document_id")] Guid DocumentId,
        [FromRoute(Name = "passage_id")] Guid PassageId
    )
    {
        internal PassageAddress Address => new(UserId, Id, DocumentId, PassageId);
    }

    internal sealed record PassageList(IReadOnlyList<PassageRow> Passages, int Total, int Revision, int? Next);

    internal sealed record PassageFound(PassageRow Passage);

    internal sealed record PassageText(string? Text);

    /// <param name="At">In UTF-16 units of the passage's text.</param>
    internal sealed record PassagePlace(int? At);
}
