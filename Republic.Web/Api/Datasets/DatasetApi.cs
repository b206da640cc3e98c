using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Uploads;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Uploads;

namespace Republic.Web.Api.Datasets;

internal static class DatasetApi
{
    private const string Users = "user_id";

    public static void MapDatasets(this IEndpointRouteBuilder app)
    {
        var cards = app.MapGroup("/api/users/{user_id:guid}/training-datasets").WithTags("Datasets").RequireOwnUser();
        cards.MapGet("/", ListAsync).Produces<DatasetList>();
        cards.MapGet("/{id:guid}", GetAsync).Produces<DatasetFound>();
        var datasets = cards.MapGroup("").RequireSelf();
        datasets
            .MapPost("/", CreateAsync)
            .Produces<DatasetFound>(StatusCodes.Status201Created)
            .Accepts<DatasetUploadBody>("multipart/form-data", "application/json");
        datasets.MapPost("/look", LookAtHeadAsync).Produces<SourceLook>();
        datasets.MapGet("/{id:guid}/look", LookAsync).Produces<SourceLook>();
        datasets.MapPut("/{id:guid}", UpdateAsync).Produces<DatasetFound>();
        datasets.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        datasets.MapPost("/{id:guid}/cancel", CancelAsync).Produces<DatasetFound>();
        datasets.MapPost("/{id:guid}/retry", RetryAsync).Produces<DatasetFound>(StatusCodes.Status202Accepted);
        datasets.MapDatasetVersions();
        datasets.MapDatasetRows();
        datasets.MapHandIns();
    }

    private static async Task<IResult> ListAsync(
        DatasetCards cards,
        [FromRoute(Name = Users)] Guid userId,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit, DatasetCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await cards.ListAsync(userId, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(new DatasetList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    /// <summary>A form with files, or JSON with rows.</summary>
    private static Task<IResult> CreateAsync(
        DatasetEditor editor,
        DatasetCards cards,
        HttpContext context,
        [FromRoute(Name = Users)] Guid userId,
        CancellationToken ct
    ) =>
        context.Request.HasFormContentType
            ? FromFormAsync(editor, cards, context, userId, ct)
            : FromRowsAsync(editor, cards, context, userId, ct);

    private static async Task<IResult> FromFormAsync(
        DatasetEditor editor,
        DatasetCards cards,
        HttpContext context,
        Guid owner,
        CancellationToken ct
    )
    {
        var read = await DatasetForm.ReadAsync(context, owner, ct);
        if (!read.Ok)
        {
            return read.Failure.ToProblem();
        }

        using var form = read.Value;
        if (form.Files is [var only])
        {
            return only.Source.Ok
                ? await MadeAsync(await editor.CreateAsync(owner, form.Input, only.Source.Value, ct), cards, owner, ct)
                : only.Source.Failure.ToProblem();
        }

        var made = new List<DatasetCard>();
        var refused = new List<RefusedFile>();
        foreach (var file in form.Files)
        {
            // Several files are several datasets, each called after its file.
            var created = file.Source.Ok
                ? await editor.CreateAsync(owner, form.Input with { Name = null }, file.Source.Value, ct)
                : file.Source.Failure;
            var card = created.Ok ? await cards.FindAsync(owner, created.Value, ct) : created.Failure;
            if (card.Ok)
            {
                made.Add(card.Value);
            }
            else
            {
                refused.Add(new RefusedFile(file.Name, card.Failure.Message));
            }
        }

        return made.Count > 0
            ? TypedResults.Created($"/api/users/{owner}/training-datasets", new DatasetsMade(made, refused))
            : Failure.Invalid([.. refused.Select(file => new FieldError("file", $"{file.FileName}: {file.Reason}"))]).ToProblem();
    }

    private static async Task<IResult> FromRowsAsync(
        DatasetEditor editor,
        DatasetCards cards,
        HttpContext context,
        Guid owner,
        CancellationToken ct
    )
    {
        var body = await DatasetBody.ReadAsync(context, ct);
        if (!body.Ok)
        {
            return body.Failure.ToProblem();
        }

        var upload = context.RequestServices.GetRequiredService<DatasetUpload>();
        var received = await upload.ReceiveRowsAsync(owner, body.Value.Data, ct);
        if (!received.Ok)
        {
            return received.Failure.ToProblem();
        }

        using var source = received.Value;
        return await MadeAsync(await editor.CreateAsync(owner, body.Value.ToInput(), source, ct), cards, owner, ct);
    }

    /// <summary>What a file is, by its first bytes (256 kB are enough) as the body: its columns, and which is probably what.</summary>
    private static async Task<IResult> LookAtHeadAsync(HttpRequest request, [FromRoute(Name = Users)] Guid userId, CancellationToken ct) =>
        (await DatasetLook.AtHeadAsync(request.Body, ct)).ToResult(look => TypedResults.Ok(look));

    private static async Task<IResult> LookAsync(DatasetLook look, [FromRoute(Name = Users)] Guid userId, Guid id, CancellationToken ct) =>
        (await look.AtAsync(userId, id, ct)).ToResult(found => TypedResults.Ok(found));

    private static async Task<IResult> GetAsync(DatasetCards cards, [FromRoute(Name = Users)] Guid userId, Guid id, CancellationToken ct) =>
        (await cards.FindAsync(userId, id, ct)).ToResult(card => TypedResults.Ok(new DatasetFound(card)));

    private static async Task<IResult> UpdateAsync(
        DatasetEditor editor,
        DatasetCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        DatasetNames body,
        CancellationToken ct
    )
    {
        var input = new DatasetInput { Name = body.Name, Description = body.Description };
        var updated = await editor.UpdateAsync(userId, id, input, ct);
        return updated.Ok ? await GetAsync(cards, userId, id, ct) : updated.Failure.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(
        DatasetEditor editor,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await editor.DeleteAsync(userId, id, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> CancelAsync(
        DatasetEditor editor,
        DatasetCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    )
    {
        var cancelled = await editor.CancelAsync(userId, id, ct);
        return cancelled.Ok ? await GetAsync(cards, userId, id, ct) : cancelled.Failure.ToProblem();
    }

    private static async Task<IResult> RetryAsync(
        DatasetEditor editor,
        DatasetCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => await AcceptedAsync(await editor.RetryAsync(userId, id, ct), cards, userId, ct);

    /// <summary>A version is being made; the dataset says how far it is.</summary>
    internal static async Task<IResult> AcceptedAsync(Outcome<Guid> asked, DatasetCards cards, Guid owner, CancellationToken ct)
    {
        var card = asked.Ok ? await cards.FindAsync(owner, asked.Value, ct) : asked.Failure;
        return card.ToResult(c => TypedResults.Accepted(AddressOf(owner, c.Id), new DatasetFound(c)));
    }

    internal static async Task<IResult> MadeAsync(Outcome<Guid> made, DatasetCards cards, Guid owner, CancellationToken ct)
    {
        var card = made.Ok ? await cards.FindAsync(owner, made.Value, ct) : made.Failure;
        return card.ToResult(c => TypedResults.Created(AddressOf(owner, c.Id), new DatasetFound(c)));
    }

    private static string AddressOf(Guid owner, Guid dataset) => $"/api/users/{owner}/training-datasets/{dataset}";

    internal sealed record DatasetList(IReadOnlyList<DatasetCard> Datasets, string? NextCursor);

    internal sealed record DatasetFound(DatasetCard Dataset);

    internal sealed record DatasetsMade(IReadOnlyList<DatasetCard> Datasets, IReadOnlyList<RefusedFile> Refused);

    internal sealed record RefusedFile(string FileName, string Reason);

    internal sealed record DatasetNames(string? Name, string? Description);
}
