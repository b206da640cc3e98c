using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Versions;
using Republic.Web.Http;

namespace Republic.Web.Api;

/// <summary>Rows of a version, those it left out, and changes that wait for the next.</summary>
internal static class DatasetRowsApi
{
    private const string Users = "user_id";
    private const int MaxPage = 200;

    public static void MapDatasetRows(this IEndpointRouteBuilder datasets)
    {
        datasets.MapGet("/{id:guid}/preview", PreviewAsync).Produces<RowPage>();
        datasets.MapGet("/{id:guid}/rejected", RejectedAsync).Produces<RejectedPage>();
        datasets.MapGet("/{id:guid}/duplicates", DuplicatesAsync).Produces<ClusterPage>();
        datasets.MapGet("/{id:guid}/changes", ChangesAsync).Produces<ChangeList>();
        datasets.MapPut("/{id:guid}/changes/{hash}", ChangeAsync).Produces<ChangeRow>();
        datasets.MapDelete("/{id:guid}/changes/{hash}", DiscardOneAsync).Produces(StatusCodes.Status204NoContent);
        datasets.MapDelete("/{id:guid}/changes", DiscardAllAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Rows from an offset on, or those that hold a text; <c>next</c> is the offset of the next page.</summary>
    private static async Task<IResult> PreviewAsync(
        DatasetRows rows,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int? version,
        int? offset,
        int? limit,
        string? search,
        CancellationToken ct
    )
    {
        var opened = await rows.OpenAsync(userId, id, version, ct);
        if (!opened.Ok)
        {
            return opened.Failure.ToProblem();
        }

        using var of = opened.Value;
        var (from, most) = (Math.Max(0, offset ?? 0), Math.Clamp(limit ?? 20, 1, MaxPage));
        if (!string.IsNullOrEmpty(search))
        {
            var found = of.Reader.Search(search, from, most, ct);
            return TypedResults.Ok(new RowPage(found.Rows, of.Version.Number, of.Reader.Count, found.Next));
        }

        var page = of.Reader.Rows(from, most);
        int? next = from + page.Count < of.Reader.Count ? from + page.Count : null;
        return TypedResults.Ok(new RowPage(page, of.Version.Number, of.Reader.Count, next));
    }

    private static async Task<IResult> RejectedAsync(
        DatasetRows rows,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int? version,
        long? from,
        int? limit,
        CancellationToken ct
    )
    {
        var opened = await rows.OpenAsync(userId, id, version, ct);
        return opened.ToResult(of =>
        {
            using (of)
            {
                return TypedResults.Ok(of.Reader.Rejected(Math.Max(0, from ?? 0), Math.Clamp(limit ?? 50, 1, MaxPage)));
            }
        });
    }

    private static async Task<IResult> DuplicatesAsync(
        DatasetRows rows,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int? version,
        int? offset,
        int? limit,
        CancellationToken ct
    )
    {
        var opened = await rows.OpenAsync(userId, id, version, ct);
        return opened.ToResult(of =>
        {
            using (of)
            {
                return TypedResults.Ok(of.Reader.Clusters(Math.Max(0, offset ?? 0), Math.Clamp(limit ?? 20, 1, MaxPage)));
            }
        });
    }

    private static async Task<IResult> ChangesAsync(
        RowEditor editor,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) =>
        (await editor.WaitingAsync(userId, id, ct)).ToResult(changes =>
            TypedResults.Ok(new ChangeList([.. changes.Select(ChangeRow.Of)], NextCursor: null))
        );

    private static async Task<IResult> ChangeAsync(
        RowEditor editor,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        string hash,
        ChangeBody body,
        CancellationToken ct
    ) => (await editor.ChangeAsync(userId, id, hash, body.Messages, ct)).ToResult(change => TypedResults.Ok(ChangeRow.Of(change)));

    private static async Task<IResult> DiscardOneAsync(
        RowEditor editor,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        string hash,
        CancellationToken ct
    ) => (await editor.DiscardAsync(userId, id, hash, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> DiscardAllAsync(
        RowEditor editor,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await editor.DiscardAsync(userId, id, hash: null, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record RowPage(IReadOnlyList<SampleRow> Rows, int Version, int Total, int? Next);

    internal sealed record ChangeList(IReadOnlyList<ChangeRow> Changes, string? NextCursor);

    /// <param name="Messages">What the row becomes; null drops it.</param>
    internal sealed record ChangeBody(IReadOnlyList<RowMessage>? Messages);

    internal sealed record ChangeRow(string Hash, int Line, IReadOnlyList<RowMessage>? Messages, DateTimeOffset CreatedAt)
    {
        public static ChangeRow Of(DatasetChange change) => new(change.Hash, change.Line, change.Messages, change.CreatedAt);
    }
}
