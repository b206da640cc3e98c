using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Work;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Tasks;

/// <summary>What minions do for a task.</summary>
internal static class TaskAttemptApi
{
    public static void MapTaskAttempts(this IEndpointRouteBuilder tasks)
    {
        tasks.MapGet("/{id:guid}/attempts", ListAsync).Produces<AttemptList>();
        tasks.MapGet("/{id:guid}/attempts/{attempt:guid}", GetAsync).Produces<AttemptFound>();
        tasks.MapPost("/{id:guid}/start", StartAsync).Produces<TaskApi.TaskFound>(StatusCodes.Status202Accepted);
        tasks.MapPost("/{id:guid}/stop", StopAsync).Produces<TaskApi.TaskFound>();
    }

    /// <summary>The newest first, with what was spent on the task beside its limits.</summary>
    private static async Task<IResult> ListAsync(
        TaskAttempts attempts,
        CurrentPerson me,
        Guid id,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var spending = await attempts.SpendingAsync(me.Id, id, ct);
        if (!spending.Ok)
        {
            return spending.Failure.ToProblem();
        }

        var asked = Cursor.ReadId(cursor, limit, TaskAttempts.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await attempts.ListAsync(me.Id, id, asked.Value.Limit, asked.Value.From, ct);
        return page.ToResult(rows =>
            TypedResults.Ok(new AttemptList(rows, asked.Value.Next(rows, last => Cursor.Of(last.Id)), spending.Value))
        );
    }

    private static async Task<IResult> GetAsync(TaskAttempts attempts, CurrentPerson me, Guid id, Guid attempt, CancellationToken ct) =>
        (await attempts.FindAsync(me.Id, id, attempt, ct)).ToResult(found => TypedResults.Ok(new AttemptFound(found)));

    /// <summary>
    /// The minion that is to do the task begins. Refused while it is at work, while the task waits for others, and beyond the starts of a
    /// day and the budget.
    /// </summary>
    private static async Task<IResult> StartAsync(TaskWorkControl control, TaskCards cards, CurrentPerson me, Guid id, CancellationToken ct)
    {
        var started = await control.StartAsync(me.Id, id, ct);
        var card = started.Ok ? await cards.FindAsync(me.Id, id, ct) : started.Failure;
        return card.ToResult(task => TypedResults.Accepted($"/api/tasks/{task.Id}", new TaskApi.TaskFound(task)));
    }

    /// <summary>What has come is kept with the attempt, and the task stays in progress.</summary>
    private static async Task<IResult> StopAsync(TaskWorkControl control, TaskCards cards, CurrentPerson me, Guid id, CancellationToken ct)
    {
        var stopped = await control.StopAsync(me.Id, id, ct);
        var card = stopped.Ok ? await cards.FindAsync(me.Id, id, ct) : stopped.Failure;
        return card.ToResult(task => TypedResults.Ok(new TaskApi.TaskFound(task)));
    }

    internal sealed record AttemptList(IReadOnlyList<TaskAttemptCard> Attempts, string? NextCursor, TaskSpending Spending);

    internal sealed record AttemptFound(TaskAttemptCard Attempt);
}
