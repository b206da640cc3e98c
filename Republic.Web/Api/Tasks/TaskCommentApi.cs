using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Tasks;

/// <summary>What citizens wrote under a task.</summary>
internal static class TaskCommentApi
{
    public static void MapTaskComments(this IEndpointRouteBuilder tasks)
    {
        var comments = tasks.MapGroup("/{id:guid}/comments");
        comments.MapGet("/", ListAsync).Produces<CommentList>();
        comments.MapPost("/", AddAsync).Produces<CommentFound>(StatusCodes.Status201Created);
        comments.MapPut("/{comment:guid}", UpdateAsync).Produces<CommentFound>();
        comments.MapDelete("/{comment:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>The oldest first.</summary>
    private static async Task<IResult> ListAsync(
        TaskCards cards,
        CurrentPerson me,
        Guid id,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit, TaskCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await cards.CommentsAsync(me.Id, id, asked.Value.Limit, asked.Value.From, ct);
        return page.ToResult(rows =>
            TypedResults.Ok(new CommentList([.. rows.Select(CommentCard.Of)], asked.Value.Next(rows, last => Cursor.Of(last.Id))))
        );
    }

    private static async Task<IResult> AddAsync(TaskComments comments, CurrentPerson me, Guid id, CommentBody body, CancellationToken ct) =>
        (await comments.AddAsync(me.Id, id, body.Content, ct)).ToResult(comment =>
            TypedResults.Created($"/api/tasks/{id}/comments", new CommentFound(CommentCard.Of(comment)))
        );

    /// <summary>Only who wrote it changes it.</summary>
    private static async Task<IResult> UpdateAsync(
        TaskComments comments,
        CurrentPerson me,
        Guid id,
        Guid comment,
        CommentBody body,
        CancellationToken ct
    ) =>
        (await comments.UpdateAsync(me.Id, id, comment, body.Content, ct)).ToResult(changed =>
            TypedResults.Ok(new CommentFound(CommentCard.Of(changed)))
        );

    /// <summary>Its author deletes it, or the owner of the task.</summary>
    private static async Task<IResult> DeleteAsync(TaskComments comments, CurrentPerson me, Guid id, Guid comment, CancellationToken ct) =>
        (await comments.DeleteAsync(me.Id, id, comment, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record CommentList(IReadOnlyList<CommentCard> Comments, string? NextCursor);

    internal sealed record CommentFound(CommentCard Comment);

    /// <param name="UserId">The citizen who wrote it; null where that account is deleted.</param>
    internal sealed record CommentCard(
        Guid Id,
        Guid TaskId,
        Guid? UserId,
        string Content,
        TaskCommentKind Kind,
        DateTimeOffset CreatedAt,
        DateTimeOffset UpdatedAt
    )
    {
        public static CommentCard Of(TaskComment comment) =>
            new(comment.Id, comment.TaskId, comment.CitizenId, comment.Content, comment.Kind, comment.CreatedAt, comment.UpdatedAt);
    }

    internal sealed record CommentBody(string? Content);
}
