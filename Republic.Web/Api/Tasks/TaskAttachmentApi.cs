using Republic.Core;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Board;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Uploads;

namespace Republic.Web.Api.Tasks;

/// <summary>The files of a task.</summary>
internal static class TaskAttachmentApi
{
    public static void MapTaskAttachments(this IEndpointRouteBuilder tasks)
    {
        var attachments = tasks.MapGroup("/{id:guid}/attachments");
        attachments.MapGet("/", ListAsync).Produces<AttachmentList>();
        // JSON is let in to be refused in words, after it was looked up whose task it is.
        attachments
            .MapPost("/", AddAsync)
            .Produces<AttachmentFound>(StatusCodes.Status201Created)
            .Accepts<AttachmentUploadBody>("multipart/form-data", "application/json");
        attachments.MapGet("/{attachment:guid}", DownloadAsync).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        attachments.MapDelete("/{attachment:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>The oldest first.</summary>
    private static async Task<IResult> ListAsync(TaskCards cards, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await cards.AttachmentsAsync(me.Id, id, ct)).ToResult(files =>
            TypedResults.Ok(new AttachmentList([.. files.Select(AttachmentCard.Of)], null))
        );

    /// <summary>One part of a form called <c>file</c>.</summary>
    private static async Task<IResult> AddAsync(
        TaskAttachmentUpload upload,
        TaskAttachments attachments,
        TaskCards cards,
        HttpContext context,
        CurrentPerson me,
        Guid id,
        CancellationToken ct
    )
    {
        if (await cards.FindAsync(me.Id, id, ct) is { Ok: false } unseen)
        {
            return unseen.Failure.ToProblem();
        }

        var read = await UploadForm.ReadAsync(context, me.Id, upload, ct);
        if (!read.Ok)
        {
            return read.Failure.ToProblem();
        }

        using var form = read.Value;
        var file = form.Files[0].Source;
        var added = file.Ok ? await attachments.AddAsync(me.Id, id, file.Value, ct) : file.Failure;
        return added.ToResult(made =>
        {
            var card = AttachmentCard.Of(made);
            return TypedResults.Created(card.FileUrl, new AttachmentFound(card));
        });
    }

    private static async Task<IResult> DownloadAsync(
        TaskAttachments attachments,
        CurrentPerson me,
        Guid id,
        Guid attachment,
        CancellationToken ct
    ) =>
        // Always as a download: a page that somebody uploaded must not run as one of ours.
        (await attachments.FindAsync(me.Id, id, attachment, ct)).ToResult(found =>
            TypedResults.PhysicalFile(found.Path, "application/octet-stream", found.Attachment.FileName, enableRangeProcessing: true)
        );

    private static async Task<IResult> DeleteAsync(
        TaskAttachments attachments,
        CurrentPerson me,
        Guid id,
        Guid attachment,
        CancellationToken ct
    ) => (await attachments.DeleteAsync(me.Id, id, attachment, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record AttachmentList(IReadOnlyList<AttachmentCard> Attachments, string? NextCursor);

    internal sealed record AttachmentUploadBody(IFormFile File);

    internal sealed record AttachmentFound(AttachmentCard Attachment);

    /// <param name="FileUrl">The address of its bytes.</param>
    /// <param name="FileSize">In bytes.</param>
    internal sealed record AttachmentCard(
        Guid Id,
        Guid TaskId,
        Guid UserId,
        string FileName,
        string FileUrl,
        long FileSize,
        string MimeType,
        string Sha256,
        DateTimeOffset UploadedAt
    )
    {
        public static AttachmentCard Of(TaskAttachment file) =>
            new(
                file.Id,
                file.TaskId,
                file.CitizenId,
                file.FileName,
                $"/api/tasks/{file.TaskId}/attachments/{file.Id}",
                file.FileSize,
                file.MimeType,
                file.Sha256,
                file.UploadedAt
            );
    }
}
