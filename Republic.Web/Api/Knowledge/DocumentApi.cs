using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Ingest;
using Republic.Web.Http;
using Republic.Web.Http.Uploads;

namespace Republic.Web.Api.Knowledge;

/// <summary>Documents of a collection.</summary>
internal static class DocumentApi
{
    private const string Users = "user_id";
    private const string Document = "document_id";

    public static void MapDocuments(this IEndpointRouteBuilder collections)
    {
        var documents = collections.MapGroup("/{id:guid}/documents");
        documents.MapGet("/", ListAsync).Produces<DocumentList>();
        documents
            .MapPost("/", AddAsync)
            .Produces<DocumentsAdded>(StatusCodes.Status201Created)
            .Accepts<DocumentUploadBody>("multipart/form-data", "application/json");
        documents.MapGet("/{document_id:guid}", GetAsync).Produces<DocumentFound>();
        documents.MapDelete("/{document_id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        documents.MapPost("/{document_id:guid}/cancel", CancelAsync).Produces<DocumentFound>();
        documents.MapPost("/{document_id:guid}/retry", RetryAsync).Produces<DocumentFound>(StatusCodes.Status202Accepted);
        documents.MapPost("/{document_id:guid}/reindex", ReindexAsync).Produces<DocumentFound>(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(
        DocumentCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit, DocumentCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await cards.ListAsync(userId, id, asked.Value.Limit, asked.Value.From, ct);
        return page.ToResult(rows => TypedResults.Ok(new DocumentList(rows, asked.Value.Next(rows, last => Cursor.Of(last.Id)))));
    }

    /// <summary>
    /// Every part of a form called <c>file</c>, or a text as JSON: taken in and indexed in the background, or refused with the reason.
    /// </summary>
    private static async Task<IResult> AddAsync(
        DocumentUpload upload,
        DocumentEditor editor,
        DocumentCards cards,
        CollectionCards collections,
        HttpContext context,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    )
    {
        var collection = await collections.FindAsync(userId, id, ct);
        if (collection.Ok && !context.Request.HasFormContentType)
        {
            return await AddTextAsync(upload, editor, cards, context, userId, id, ct);
        }

        var read = collection.Ok ? await UploadForm.ReadAsync(context, userId, upload, ct) : collection.Failure;
        if (!read.Ok)
        {
            return read.Failure.ToProblem();
        }

        using var form = read.Value;
        var added = new List<DocumentCard>();
        var refused = new List<(string Name, Failure Why)>();
        foreach (var file in form.Files)
        {
            var made = file.Source.Ok ? await editor.AddAsync(userId, id, file.Source.Value, ct) : file.Source.Failure;
            var card = made.Ok ? await cards.FindAsync(userId, id, made.Value, ct) : made.Failure;
            if (card.Ok)
            {
                added.Add(card.Value);
            }
            else
            {
                refused.Add((file.Name, card.Failure));
            }
        }

        return added.Count > 0
                ? TypedResults.Created(
                    $"/api/users/{userId}/collections/{id}/documents",
                    new DocumentsAdded(added, [.. refused.Select(one => new RefusedDocument(one.Name, one.Why.Message))])
                )
            : refused is [var only] ? only.Why.ToProblem()
            : Failure.Invalid([.. refused.Select(one => new FieldError("file", $"{one.Name}: {one.Why.Message}"))]).ToProblem();
    }

    private static async Task<IResult> AddTextAsync(
        DocumentUpload upload,
        DocumentEditor editor,
        DocumentCards cards,
        HttpContext context,
        Guid owner,
        Guid collection,
        CancellationToken ct
    )
    {
        if (!context.Request.HasJsonContentType())
        {
            return Failure
                .Invalid(
                    "file",
                    "Send files as a form (multipart/form-data) with parts called “file”, or a text as JSON (application/json): {\"name\": \"note.md\", \"text\": \"…\"}."
                )
                .ToProblem();
        }

        TypedDocument? body;
        try
        {
            body = await context.Request.ReadFromJsonAsync<TypedDocument>(ct);
        }
        // A charset that nobody knows is an operation that is not valid.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Failure.Invalid("text", "A text is sent as {\"name\": \"note.md\", \"text\": \"…\"}.").ToProblem();
        }

        using var text = new MemoryStream(Encoding.UTF8.GetBytes(body?.Text ?? ""));
        var received = await upload.ReceiveAsync(owner, text, body?.Name, ct);
        using var kept = received.Value;
        var made = received.Ok ? await editor.AddAsync(owner, collection, received.Value, ct) : received.Failure;
        var card = made.Ok ? await cards.FindAsync(owner, collection, made.Value, ct) : made.Failure;
        return card.ToResult(c =>
            TypedResults.Created($"/api/users/{owner}/collections/{collection}/documents", new DocumentsAdded([c], []))
        );
    }

    private static async Task<IResult> GetAsync(
        DocumentCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        [FromRoute(Name = Document)] Guid documentId,
        CancellationToken ct
    ) => (await cards.FindAsync(userId, id, documentId, ct)).ToResult(card => TypedResults.Ok(new DocumentFound(card)));

    private static async Task<IResult> DeleteAsync(
        DocumentEditor editor,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        [FromRoute(Name = Document)] Guid documentId,
        CancellationToken ct
    ) => (await editor.DeleteAsync(userId, id, documentId, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> CancelAsync(
        DocumentEditor editor,
        DocumentCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        [FromRoute(Name = Document)] Guid documentId,
        CancellationToken ct
    )
    {
        var cancelled = await editor.CancelAsync(userId, id, documentId, ct);
        return cancelled.Ok ? await GetAsync(cards, userId, id, documentId, ct) : cancelled.Failure.ToProblem();
    }

    /// <summary>Does again what failed or was cancelled.</summary>
    private static async Task<IResult> RetryAsync(
        DocumentEditor editor,
        DocumentCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        [FromRoute(Name = Document)] Guid documentId,
        [FromQuery(Name = "lose_edits")] bool? loseEdits,
        CancellationToken ct
    ) => await AcceptedAsync(await editor.RetryAsync(userId, id, documentId, loseEdits ?? false, ct), cards, userId, id, ct);

    /// <summary>Reads and cuts the file anew.</summary>
    private static async Task<IResult> ReindexAsync(
        DocumentEditor editor,
        DocumentCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        [FromRoute(Name = Document)] Guid documentId,
        [FromQuery(Name = "lose_edits")] bool? loseEdits,
        CancellationToken ct
    ) => await AcceptedAsync(await editor.IndexAgainAsync(userId, id, documentId, loseEdits ?? false, ct), cards, userId, id, ct);

    private static async Task<IResult> AcceptedAsync(
        Outcome<Guid> asked,
        DocumentCards cards,
        Guid owner,
        Guid collection,
        CancellationToken ct
    )
    {
        var card = asked.Ok ? await cards.FindAsync(owner, collection, asked.Value, ct) : asked.Failure;
        return card.ToResult(c =>
            TypedResults.Accepted($"/api/users/{owner}/collections/{collection}/documents/{c.Id}", new DocumentFound(c))
        );
    }

    internal sealed record DocumentList(IReadOnlyList<DocumentCard> Documents, string? NextCursor);

    internal sealed record DocumentFound(DocumentCard Document);

    internal sealed record DocumentsAdded(IReadOnlyList<DocumentCard> Documents, IReadOnlyList<RefusedDocument> Refused);

    internal sealed record RefusedDocument(string FileName, string Reason);

    /// <summary>How the API's description shows both; a form is read part by part, never bound.</summary>
    /// <param name="File">In a form: one or more.</param>
    /// <param name="Name">As JSON: what it is called. Its ending tells the format.</param>
    /// <param name="Text">As JSON: all of it.</param>
    internal sealed record DocumentUploadBody(IFormFile? File, string? Name, string? Text);

    internal sealed record TypedDocument(string? Name, string? Text);
}
