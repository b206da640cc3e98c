using Republic.Core.Archives.Exporting;
using Republic.Core.Archives.Importing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Uploads;

namespace Republic.Web.Api.Accounts;

/// <summary>All that a person has as an archive, and archives that become theirs.</summary>
internal static class ArchivesApi
{
    private const string Zip = "application/zip";

    public static void MapArchives(this IEndpointRouteBuilder account)
    {
        account.MapPost("/export", ExportAsync).Produces<ExportFound>(StatusCodes.Status202Accepted);
        account.MapGet("/exports/{id:guid}", GetExportAsync).Produces<ExportFound>();
        account.MapGet("/exports/{id:guid}/download", DownloadAsync).Produces(StatusCodes.Status200OK, contentType: Zip);
        account.MapDelete("/exports/{id:guid}", DeleteExportAsync).Produces(StatusCodes.Status204NoContent);
        account
            .MapPost("/import", ImportAsync)
            .Produces<ImportFound>(StatusCodes.Status202Accepted)
            .Accepts<ImportBody>("multipart/form-data");
        account.MapGet("/imports/{id:guid}", GetImportAsync).Produces<ImportFound>();
        account.MapDelete("/imports/{id:guid}", DeleteImportAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Begins one; while one is being made, that is the one.</summary>
    private static async Task<IResult> ExportAsync(Exports exports, CurrentPerson me, CancellationToken ct) =>
        (await exports.BeginAsync(me.Id, ct)).ToResult(card =>
            TypedResults.Accepted($"/api/account/exports/{card.Id}", new ExportFound(card))
        );

    private static async Task<IResult> GetExportAsync(Exports exports, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await exports.FindAsync(me.Id, id, ct)).ToResult(card => TypedResults.Ok(new ExportFound(card)));

    private static async Task<IResult> DownloadAsync(Exports exports, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await exports.FileAsync(me.Id, id, ct)).ToResult(file =>
            TypedResults.PhysicalFile(file.Path, Zip, file.Name, enableRangeProcessing: true)
        );

    private static async Task<IResult> DeleteExportAsync(Exports exports, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await exports.DeleteAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    /// <summary>Checks the archive and adds what is in it, or of the kinds that are named alone.</summary>
    private static async Task<IResult> ImportAsync(
        Imports imports,
        ImportUpload upload,
        HttpContext context,
        CurrentPerson me,
        CancellationToken ct
    )
    {
        var read = await UploadForm.ReadAsync(context, me.Id, upload, ct);
        if (!read.Ok)
        {
            return read.Failure.ToProblem();
        }

        using var form = read.Value;
        var (file, selection) = (form.Files[0].Source, ImportSelection.Of(form["only"]));
        if ((file.Failure ?? selection.Failure) is { } failure)
        {
            return failure.ToProblem();
        }

        return (await imports.BeginAsync(me.Id, file.Value!, selection.Value, ct)).ToResult(card =>
            TypedResults.Accepted($"/api/account/imports/{card.Id}", new ImportFound(card))
        );
    }

    private static async Task<IResult> GetImportAsync(Imports imports, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await imports.FindAsync(me.Id, id, ct)).ToResult(card => TypedResults.Ok(new ImportFound(card)));

    private static async Task<IResult> DeleteImportAsync(Imports imports, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await imports.DeleteAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record ExportFound(ExportCard Export);

    internal sealed record ImportFound(ImportCard Import);

    /// <param name="Only">The kinds to import, with commas between them; all of them without.</param>
    internal sealed record ImportBody(IFormFile File, string? Only);
}
