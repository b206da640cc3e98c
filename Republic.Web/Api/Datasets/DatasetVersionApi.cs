using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Datasets.Versions.Changes;
using Republic.Web.Http;

namespace Republic.Web.Api.Datasets;

/// <summary>Versions of a dataset: asking for one, and what is to be seen in it.</summary>
internal static class DatasetVersionApi
{
    private const string Users = "user_id";
    private const int MaxPage = 200;

    public static void MapDatasetVersions(this IEndpointRouteBuilder datasets)
    {
        datasets.MapGet("/{id:guid}/versions", ListAsync).Produces<VersionList>();
        datasets.MapPost("/{id:guid}/versions", CreateAsync).Produces<DatasetApi.DatasetFound>(StatusCodes.Status202Accepted);
        datasets.MapPost("/{id:guid}/dry-run", DryRunAsync).Produces<DryRun>();
        datasets.MapGet("/{id:guid}/diff", DiffAsync).Produces<DiffPage>();
        datasets.MapGet("/{id:guid}/statistics", StatisticsAsync).Produces<Statistics>();
        datasets.MapGet("/{id:guid}/download", DownloadAsync).Produces<string>(contentType: "application/x-ndjson");
        datasets.MapGet("/{id:guid}/rejected/download", DownloadRejectedAsync).Produces<string>(contentType: "application/x-ndjson");
    }

    /// <summary>Newest first.</summary>
    private static async Task<IResult> ListAsync(
        DatasetRows rows,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadNumber(cursor, limit, MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        return (await rows.VersionsAsync(userId, id, asked.Value.Limit, asked.Value.From, ct)).ToResult(page =>
            TypedResults.Ok(new VersionList([.. page.Select(VersionRow.Of)], asked.Value.Next(page, last => Cursor.Of(last.Number))))
        );
    }

    /// <summary>With a body, the source is read again with these settings; without one, the changes that wait become the next version.</summary>
    private static async Task<IResult> CreateAsync(
        DatasetEditor editor,
        DatasetCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        SettingsInput? settings,
        CancellationToken ct
    ) =>
        await DatasetApi.AcceptedAsync(
            settings is null ? await editor.SaveChangesAsync(userId, id, ct) : await editor.RefineAgainAsync(userId, id, settings, ct),
            cards,
            userId,
            ct
        );

    private static async Task<IResult> DryRunAsync(
        DatasetDryRun dry,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        SettingsInput settings,
        CancellationToken ct
    ) =>
        (await dry.RunAsync(userId, id, settings, ct)).ToResult(result =>
            TypedResults.Ok(new DryRun(result.Counts.Samples, DatasetStats.Of(result), result.Settings))
        );

    /// <summary>From the version before, unless told otherwise, to the newest, likewise.</summary>
    private static async Task<IResult> DiffAsync(
        DatasetRows rows,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int? from,
        int? to,
        int? offset,
        int? limit,
        CancellationToken ct
    )
    {
        var after = await rows.OpenAsync(userId, id, to, ct);
        if (!after.Ok)
        {
            return after.Failure.ToProblem();
        }

        using var newer = after.Value;
        var before = await rows.OpenAsync(userId, id, from ?? Math.Max(1, newer.Version.Number - 1), ct);
        if (!before.Ok)
        {
            return before.Failure.ToProblem();
        }

        using var older = before.Value;
        return TypedResults.Ok(newer.Reader.DiffFrom(older.Reader, Math.Max(0, offset ?? 0), Math.Clamp(limit ?? 50, 1, MaxPage)));
    }

    private static async Task<IResult> StatisticsAsync(
        DatasetRows rows,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int? version,
        CancellationToken ct
    ) =>
        (await rows.FindAsync(userId, id, version, ct)).ToResult(found =>
            TypedResults.Ok(new Statistics(found.Number, found.Result.Statistics, found.Result.Settings, RowQuality.Formula))
        );

    private static async Task<IResult> DownloadAsync(
        DatasetRows rows,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int? version,
        CancellationToken ct
    ) => File(await rows.SamplesAsync(userId, id, version, ct), $"{id}{Suffix(version)}.jsonl");

    private static async Task<IResult> DownloadRejectedAsync(
        DatasetRows rows,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int? version,
        CancellationToken ct
    ) => File(await rows.RejectedAsync(userId, id, version, ct), $"{id}{Suffix(version)}-rejected.jsonl");

    // A name of ours: what people call their datasets is no name for a file on every machine.
    private static IResult File(Outcome<string> path, string name) =>
        path.ToResult(file => TypedResults.PhysicalFile(file, "application/x-ndjson", name, enableRangeProcessing: true));

    private static string Suffix(int? version) => version is null ? "" : string.Create(CultureInfo.InvariantCulture, $"-v{version}");

    internal sealed record VersionList(IReadOnlyList<VersionRow> Versions, string? NextCursor);

    internal sealed record VersionRow(
        int Version,
        VersionOrigin Origin,
        string? Format,
        int SampleCount,
        DatasetStats Stats,
        RefinerySettings Settings,
        string? Sha256,
        long Bytes,
        DateTimeOffset CreatedAt
    )
    {
        public static VersionRow Of(DatasetVersion version) =>
            new(
                version.Number,
                version.Origin,
                version.Result.Format,
                version.Result.Counts.Samples,
                DatasetStats.Of(version.Result),
                version.Result.Settings,
                version.Result.Sha256,
                version.Result.Bytes,
                version.CreatedAt
            );
    }

    internal sealed record DryRun(int SampleCount, DatasetStats Stats, RefinerySettings Settings);

    internal sealed record Statistics(int Version, VersionStatistics Samples, RefinerySettings Settings, string QualityFormula);
}
