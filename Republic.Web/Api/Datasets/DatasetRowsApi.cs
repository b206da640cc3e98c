using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions;
using Republic.Web.Http;

namespace Republic.Web.Api.Datasets;

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
        var (from, most) = (Math.Max(0, offset ?? 0), Page(limit ?? 20));
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
    ) => Shown(await rows.OpenAsync(userId, id, version, ct), reader => reader.Rejected(Math.Max(0, from ?? 0), Page(limit ?? 50)));

    private static async Task<IResult> DuplicatesAsync(
        DatasetRows rows,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int? version,
        int? offset,
        int? limit,
        CancellationToken ct
    ) => Shown(await rows.OpenAsync(userId, id, version, ct), reader => reader.Clusters(Math.Max(0, offset ?? 0), Page(limit ?? 20)));

    /// <summary>Closes the version again.</summary>
    private static IResult Shown<T>(Outcome<OpenVersion> opened, Func<VersionReader, T> read) =>
        opened.ToResult(version =>
        {
            using (version)
            {
                return TypedResults.Ok(read(version.Reader));
            }
        });

    private static int Page(int limit) => Math.Clamp(limit, 1, MaxPage);

    /// <summary>What waits, oldest first.</summary>
    private static async Task<IResult> ChangesAsync(
        RowEditor editor,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit, MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await editor.WaitingAsync(userId, id, asked.Value.Limit, asked.Value.From, ct);
        return page.ToResult(changes =>
            TypedResults.Ok(new ChangeList([.. changes.Select(ChangeRow.Of)], asked.Value.Next(changes, last => Cursor.Of(last.Id))))
        );
    }

    private static async Task<IResult> ChangeAsync(
        RowEditor editor,
        DatasetRows rows,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        string hash,
        ChangeBody body,
        CancellationToken ct
    ) =>
        body.SaysMessages
            ? (await editor.ChangeAsync(userId, id, hash, body.Messages, ct)).ToResult(change => TypedResults.Ok(ChangeRow.Of(change)))
            : (await rows.FindAsync(userId, id, version: null, ct)).ToResult(_ =>
                Failure.Invalid("messages", "Say what the row becomes: its messages, or null to drop it.").ToProblem()
            );

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

    internal sealed record ChangeBody
    {
        /// <summary>What the row becomes; null drops it.</summary>
        [Required]
        public IReadOnlyList<RowMessage>? Messages
        {
            get;
            init => (field, SaysMessages) = (value, true);
        }

        /// <summary>To say nothing of a row is not to drop it.</summary>
        [JsonIgnore]
        public bool SaysMessages { get; private init; }
    }

    internal sealed record ChangeRow(string Hash, int Line, IReadOnlyList<RowMessage>? Messages, DateTimeOffset CreatedAt)
    {
        public static ChangeRow Of(DatasetChange change) => new(change.Hash, change.Line, change.Messages, change.CreatedAt);
    }
}
