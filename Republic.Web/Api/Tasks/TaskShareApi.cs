using Republic.Core.Sharing;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Sharing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Tasks;

/// <summary>With whom a person shares tasks, and what others share with them.</summary>
internal static class TaskShareApi
{
    public static void MapTaskShares(this IEndpointRouteBuilder tasks)
    {
        var shares = tasks.MapGroup("/{id:guid}/shares");
        shares.MapGet("/", ListAsync).Produces<ShareList>();
        shares.MapPost("/", ShareAsync).Produces<ShareAnswer>(StatusCodes.Status202Accepted);
        shares.MapDelete("/{share:guid}", EndAsync).Produces(StatusCodes.Status204NoContent);
        var shared = tasks.MapGroup("/shared");
        shared.MapGet("/", SharedAsync).Produces<SharedTaskList>();
        shared.MapPost("/{share:guid}/accept", AcceptAsync).Produces<TaskApi.TaskFound>();
        shared.MapDelete("/{share:guid}", LeaveAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>The user names that the owner entered, the oldest first, whether or not anybody is called so.</summary>
    private static async Task<IResult> ListAsync(TaskShareCards cards, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await cards.ListAsync(me.Id, id, ct)).ToResult(shares => TypedResults.Ok(new ShareList(shares, null)));

    /// <summary>Shares a top task with everything below it. The answer is the same whether or not there is a person of that user name.</summary>
    private static async Task<IResult> ShareAsync(
        ShareEditor<TaskShare> editor,
        CurrentPerson me,
        Guid id,
        ShareBody body,
        CancellationToken ct
    ) =>
        (await editor.ShareAsync(me.Id, id, body.Username, ct)).ToResult(_ =>
            TypedResults.Accepted($"/api/tasks/{id}/shares", new ShareAnswer(editor.Answer(body.Username!)))
        );

    /// <summary>At once the person sees nothing of the task any more, and what was theirs to do is nobody's.</summary>
    private static async Task<IResult> EndAsync(
        ShareEditor<TaskShare> editor,
        CurrentPerson me,
        Guid id,
        Guid share,
        CancellationToken ct
    ) => (await editor.EndAsync(me.Id, id, share, ct)).ToResult(_ => TypedResults.NoContent());

    /// <summary>Invitations and tasks that were accepted, the newest first.</summary>
    private static async Task<IResult> SharedAsync(TaskShareCards cards, CurrentPerson me, int? limit, string? cursor, CancellationToken ct)
    {
        var asked = Cursor.ReadId(cursor, limit, TaskShare.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await cards.SharedWithAsync(me.Id, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(new SharedTaskList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    private static async Task<IResult> AcceptAsync(
        ShareEditor<TaskShare> editor,
        TaskCards cards,
        CurrentPerson me,
        Guid share,
        CancellationToken ct
    )
    {
        var accepted = await editor.AcceptAsync(me.Id, share, ct);
        var card = accepted.Ok ? await cards.FindAsync(me.Id, accepted.Value, ct) : accepted.Failure;
        return card.ToResult(task => TypedResults.Ok(new TaskApi.TaskFound(task)));
    }

    /// <summary>Declines an invitation, which its owner does not learn, or leaves a task that was accepted.</summary>
    private static async Task<IResult> LeaveAsync(ShareEditor<TaskShare> editor, CurrentPerson me, Guid share, CancellationToken ct) =>
        (await editor.LeaveAsync(me.Id, share, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record ShareList(IReadOnlyList<TaskShareCard> Shares, string? NextCursor);

    internal sealed record SharedTaskList(IReadOnlyList<SharedTaskCard> Shares, string? NextCursor);

    /// <param name="Username">The exact user name, in upper or lower case.</param>
    internal sealed record ShareBody(string? Username);

    internal sealed record ShareAnswer(string Message);
}
