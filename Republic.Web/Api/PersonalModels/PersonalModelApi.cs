using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Installing;
using Republic.Core.PersonalModels.Serving;
using Republic.Core.PersonalModels.Storage;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Uploads;

namespace Republic.Web.Api.PersonalModels;

/// <summary>The endpoints of a person's own models. Models of other people are not found.</summary>
internal static class PersonalModelApi
{
    public static void MapPersonalModels(this IEndpointRouteBuilder app)
    {
        var models = app.MapGroup("/api/personal-models").WithTags("Personal models");
        models.MapGet("/", ListAsync).Produces<PersonalModelList>();
        models.MapGet("/catalog", CatalogAsync).Produces<CatalogList>();
        models.MapGet("/fit", FitAsync).Produces<FitReport>();
        models.MapPost("/download", DownloadAsync).Produces<PersonalModelFound>(StatusCodes.Status202Accepted);
        models
            .MapPost("/upload", UploadAsync)
            .Produces<PersonalModelFound>(StatusCodes.Status202Accepted)
            .Accepts<IFormFile>("multipart/form-data");
        models.MapGet("/{id:guid}", GetAsync).Produces<PersonalModelFound>();
        models.MapGet("/{id:guid}/status", StatusAsync).Produces<PersonalModelStatus>();
        models.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        Post("pause", (install, me, id, ct) => install.PauseAsync(me, id, ct));
        Post("resume", (install, me, id, ct) => install.ResumeAsync(me, id, ct));
        Post("load-anyway", (install, me, id, ct) => install.LoadAnywayAsync(me, id, ct));
        Post("test", (install, me, id, ct) => install.TestAsync(me, id, ct));
        models.MapManagedModels();

        void Post(string action, Func<InstallControl, Guid, Guid, CancellationToken, Task<Outcome<Guid>>> act) =>
            models
                .MapPost(
                    $"/{{id:guid}}/{action}",
                    async (InstallControl install, PersonalModelCards cards, CurrentPerson me, Guid id, CancellationToken ct) =>
                        await AcceptedAsync(await act(install, me.Id, id, ct), cards, me.Id, ct)
                )
                .Produces<PersonalModelFound>(StatusCodes.Status202Accepted);
    }

    /// <summary>The person's models, newest first.</summary>
    private static async Task<IResult> ListAsync(
        PersonalModelCards cards,
        CurrentPerson me,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit, PersonalModelCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await cards.ListAsync(me.Id, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(new PersonalModelList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    /// <summary>The catalogue of models for download, with a verdict for each file.</summary>
    private static async Task<IResult> CatalogAsync(ModelCatalog catalog, ModelVerdicts verdicts, ModelFits fits, CancellationToken ct)
    {
        var memory = await fits.MemoryAsync(ct);
        return TypedResults.Ok(new CatalogList([.. catalog.Models.Select(model => Entry(model, verdicts, fits, memory))]));
    }

    /// <summary>The verdict whether a file fits into memory, by its header at the source; nothing more is downloaded.</summary>
    /// <param name="url">The URL of a GGUF file.</param>
    /// <param name="path">The name of a file in a folder for models here, instead of a URL.</param>
    /// <param name="context">The context in tokens per sequence; null for that of the model host.</param>
    /// <param name="sequences">The number of answers generated at a time; null for that of the model host.</param>
    /// <param name="cacheType">f32, f16, bf16, q8_0, q5_1, q5_0, q4_1 or q4_0.</param>
    private static async Task<IResult> FitAsync(
        RemoteHeaders headers,
        LocalHeaders files,
        ModelFits fits,
        CurrentPerson me,
        string? url,
        string? path,
        int? context,
        int? sequences,
        [FromQuery(Name = "cache_type")] string? cacheType,
        CancellationToken ct
    )
    {
        var settings = new FitSettings(
            context ?? fits.Settings.Context,
            sequences ?? fits.Settings.Sequences,
            cacheType ?? fits.Settings.CacheType
        );
        if (settings.Problem() is { } wrong)
        {
            return wrong.ToProblem();
        }

        var facts = await FactsAsync(me.Id, headers, files, url, path, ct);
        return facts.Ok
            ? TypedResults.Ok(fits.Fit(await fits.MemoryAsync(ct), FitSubject.Of(path ?? url!, facts.Value), settings))
            : facts.Failure.ToProblem();
    }

    private static async Task<Outcome<HeaderFacts>> FactsAsync(
        Guid person,
        RemoteHeaders headers,
        LocalHeaders files,
        string? url,
        string? path,
        CancellationToken ct
    )
    {
        if (string.IsNullOrWhiteSpace(url) == string.IsNullOrWhiteSpace(path))
        {
            return Failure.Invalid("url", "Give either url, the URL of a GGUF file, or path, the name of a file in a folder for models.");
        }

        if (path is not null)
        {
            return files.Read(path.Trim());
        }

        if (!Uri.TryCreate(url!.Trim(), UriKind.Absolute, out var address))
        {
            return Failure.Invalid("url", "The URL must start with http:// or https://.");
        }

        var answer = await headers.ReadAsync(person, address, ct);
        return answer.Header is { } header ? header.Facts : answer.Failure ?? Failure.Upstream(answer.NotKnown!);
    }

    private static async Task<IResult> DownloadAsync(
        PersonalModelEditor editor,
        PersonalModelCards cards,
        CurrentPerson me,
        ModelOrder body,
        CancellationToken ct
    ) => await AcceptedAsync(await editor.DownloadAsync(me.Id, body, ct), cards, me.Id, ct);

    /// <summary>Receives a form with one GGUF file, and a custom_name where the model shall have another name than its file.</summary>
    private static async Task<IResult> UploadAsync(
        PersonalModelEditor editor,
        PersonalModelCards cards,
        ModelUpload upload,
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
        var file = form.Files[0].Source;
        return file.Ok
            ? await AcceptedAsync(await editor.AddAsync(me.Id, file.Value, form["custom_name"], ct), cards, me.Id, ct)
            : file.Failure.ToProblem();
    }

    private static async Task<IResult> GetAsync(PersonalModelCards cards, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await cards.FindAsync(me.Id, id, ct)).ToResult(card => TypedResults.Ok(new PersonalModelFound(card)));

    private static async Task<IResult> StatusAsync(
        PersonalModelCards cards,
        ModelVerdicts verdicts,
        CurrentPerson me,
        Guid id,
        CancellationToken ct
    )
    {
        var found = await cards.FindAsync(me.Id, id, ct);
        return found.Ok
            ? TypedResults.Ok(PersonalModelStatus.Of(found.Value, await verdicts.OfAsync(found.Value, ct)))
            : found.Failure.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(ServedModelEditor editor, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await editor.DeleteAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> AcceptedAsync(Outcome<Guid> begun, PersonalModelCards cards, Guid me, CancellationToken ct)
    {
        var card = begun.Ok ? await cards.FindAsync(me, begun.Value, ct) : begun.Failure;
        return card.ToResult(found => TypedResults.Accepted($"/api/personal-models/{found.Id}/status", new PersonalModelFound(found)));
    }

    private static CatalogEntry Entry(CatalogModel model, ModelVerdicts verdicts, ModelFits fits, ModelMemory memory) =>
        new(
            model.ModelId,
            model.Name,
            model.FullName,
            model.Parameters,
            model.Licence,
            model.Specialty,
            model.UseCases,
            model.Tags,
            model.Note,
            model.Vendor,
            Math.Round(model.Variants[0].Bytes / 1e9, 2),
            [
                .. model.Variants.Select(variant =>
                {
                    var fit = fits.Fit(memory, verdicts.SubjectOf(model, variant));
                    return new CatalogFile(
                        variant.Quantization,
                        variant.Bytes,
                        variant.Url,
                        variant.Sha256,
                        variant.Approximate,
                        fit.Verdict,
                        fit.Reason,
                        fit.Basis
                    );
                }),
            ]
        );
}
