using System.Text;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Training.Exports;
using Republic.Web.Http;

namespace Republic.Web.Api.Training;

/// <summary>A run's weights, their base model and a Modelfile, for other programs. Each download checks the files first.</summary>
internal static class AdapterExportApi
{
    private const string Bytes = "application/octet-stream";
    private const string Text = "text/plain";

    /// <param name="own">The jobs of the person who asks.</param>
    public static void MapAdapterExports(this RouteGroupBuilder own)
    {
        own.MapGet("/{id:guid}/adapter", AdapterAsync).Produces<byte[]>(contentType: Bytes);
        own.MapGet("/{id:guid}/base", BaseAsync).Produces<byte[]>(contentType: Bytes);
        own.MapGet("/{id:guid}/modelfile", ModelfileAsync).Produces<string>(contentType: Text);
    }

    private static Task<IResult> AdapterAsync(
        AdapterExports exports,
        [FromRoute(Name = "user_id")] Guid userId,
        Guid id,
        CancellationToken ct
    ) => FindAsync(exports, userId, id, export => TypedResults.PhysicalFile(export.Path, Bytes, export.Name), ct);

    private static Task<IResult> BaseAsync(
        AdapterExports exports,
        [FromRoute(Name = "user_id")] Guid userId,
        Guid id,
        CancellationToken ct
    ) =>
        FindAsync(
            exports,
            userId,
            id,
            export => TypedResults.PhysicalFile(export.BasePath, Bytes, export.BaseName, enableRangeProcessing: true),
            ct
        );

    private static Task<IResult> ModelfileAsync(
        AdapterExports exports,
        [FromRoute(Name = "user_id")] Guid userId,
        Guid id,
        CancellationToken ct
    ) => FindAsync(exports, userId, id, export => TypedResults.File(Encoding.UTF8.GetBytes(export.Modelfile.Value), Text, "Modelfile"), ct);

    private static async Task<IResult> FindAsync(
        AdapterExports exports,
        Guid owner,
        Guid run,
        Func<AdapterExport, IResult> download,
        CancellationToken ct
    ) => (await exports.FindAsync(owner, run, ct)).ToResult(download);
}
