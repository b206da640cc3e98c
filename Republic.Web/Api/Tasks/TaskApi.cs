using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Editing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Tasks;

/// <summary>A person's tasks, and those that others share with them. Those of other people are not found.</summary>
internal static class TaskApi
{
    public static void MapTasks(this IEndpointRouteBuilder app)
    {
        var tasks = app.MapGroup("/api/tasks").WithTags("Tasks");
        tasks.MapGet("/", ListAsync).Produces<TaskList>();
        tasks.MapPost("/", CreateAsync).Produces<TaskFound>(StatusCodes.Status201Created).Accepts<TaskInput>("application/json");
        tasks.MapGet("/{id:guid}", GetAsync).Produces<TaskFound>();
        tasks.MapPut("/{id:guid}", UpdateAsync).Produces<TaskFound>().Accepts<TaskInput>("application/json");
        tasks.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        tasks.MapPost("/{id:guid}/move", MoveAsync).Produces<TaskFound>();
        tasks.MapPost("/{id:guid}/assign", AssignAsync).Produces<TaskFound>();
        tasks.MapPost("/{id:guid}/dependencies", AddDependencyAsync).Produces<TaskFound>(StatusCodes.Status201Created);
        tasks.MapDelete("/{id:guid}/dependencies/{other:guid}", RemoveDependencyAsync).Produces(StatusCodes.Status204NoContent);
        tasks.MapTaskAttempts();
        tasks.MapTaskComments();
        tasks.MapTaskAttachments();
        tasks.MapTaskShares();
    }

    /// <summary>The newest first. Without a status, all but those in the archive.</summary>
    /// <param name="status">TODO, IN_PROGRESS, REVIEW, DONE or ARCHIVED.</param>
    /// <param name="assignedTo">The id of a citizen.</param>
    /// <param name="parentId">The id of the task whose parts are listed.</param>
    /// <param name="priority">none, low, medium, high or urgent.</param>
    /// <param name="dueBefore">Only tasks that are due before this time and not done.</param>
    /// <param name="blocked">Only tasks that wait for others.</param>
    /// <param name="waiting">Only tasks that wait for you: a minion asked, or somebody else handed in.</param>
    /// <param name="shared">Only tasks of others that are shared with the person and accepted; without, the person's own.</param>
    /// <param name="q">Words of the title or the description, or a number such as T-53.</param>
    private static async Task<IResult> ListAsync(
        TaskCards cards,
        CurrentPerson me,
        string? status,
        [FromQuery(Name = "assigned_to")] Guid? assignedTo,
        [FromQuery(Name = "parent_id")] Guid? parentId,
        string? label,
        string? priority,
        [FromQuery(Name = "due_before")] DateTimeOffset? dueBefore,
        bool? blocked,
        bool? waiting,
        bool? shared,
        string? q,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var state = status is null ? null : TaskNames.Status(status);
        if (status is not null && state is null)
        {
            return Failure.Invalid("status", TaskNames.Statuses).ToProblem();
        }

        var urgency = priority is null ? null : TaskNames.Priority(priority);
        if (priority is not null && urgency is null)
        {
            return Failure.Invalid("priority", "priority is none, low, medium, high or urgent.").ToProblem();
        }

        var asked = Cursor.ReadId(cursor, limit, TaskCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var query = new TaskQuery
        {
            Status = state,
            AssignedTo = assignedTo,
            ParentId = parentId,
            Label = label,
            Priority = urgency,
            DueBefore = dueBefore?.ToUniversalTime(),
            IsBlocked = blocked ?? false,
            IsWaiting = waiting ?? false,
            IsShared = shared ?? false,
            Words = q,
        };
        var page = await cards.ListAsync(me.Id, query, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(new TaskList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    private static async Task<IResult> CreateAsync(
        TaskEditor editor,
        TaskCards cards,
        CurrentPerson me,
        JsonElement body,
        CancellationToken ct
    )
    {
        var input = TaskInput.Read(body);
        var made = input.Ok ? await editor.CreateAsync(me.Id, input.Value, known: null, ct) : input.Failure;
        var card = made.Ok ? await cards.FindAsync(me.Id, made.Value, ct) : made.Failure;
        return card.ToResult(task => TypedResults.Created($"/api/tasks/{task.Id}", new TaskFound(task)));
    }

    private static async Task<IResult> GetAsync(TaskCards cards, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await cards.FindAsync(me.Id, id, ct)).ToResult(task => TypedResults.Ok(new TaskFound(task)));

    /// <summary>
    /// What is left out stays, null clears: title, description, parent_id, priority, due_at, labels, capability and budget. The status is
    /// moved, the assignee assigned.
    /// </summary>
    private static async Task<IResult> UpdateAsync(
        TaskEditor editor,
        TaskCards cards,
        CurrentPerson me,
        Guid id,
        JsonElement body,
        CancellationToken ct
    ) => await FoundAsync(await editor.UpdateAsync(me.Id, id, current => TaskInput.Read(body, over: current), ct), cards, me, ct);

    /// <summary>Refused while other tasks are parts of it or wait for it.</summary>
    private static async Task<IResult> DeleteAsync(TaskEditor editor, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await editor.DeleteAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    /// <summary>Refused with 409 and <c>blocked_by</c> while tasks that it waits for are not done, unless with <c>insist</c>.</summary>
    private static async Task<IResult> MoveAsync(
        TaskMover mover,
        TaskCards cards,
        CurrentPerson me,
        Guid id,
        MoveBody body,
        CancellationToken ct
    )
    {
        var status = TaskNames.Status(body.Status);
        var from = TaskNames.Status(body.From);
        if (status is not { } to || (body.From is not null && from is null))
        {
            if (await cards.FindAsync(me.Id, id, ct) is { Ok: false } unseen)
            {
                return unseen.Failure.ToProblem();
            }

            return Failure.Invalid(status is null ? "status" : "from", TaskNames.Statuses).ToProblem();
        }

        return await FoundAsync(
            await mover.MoveAsync(me.Id, id, new TaskMove(to, body.Insist ?? false, from, body.After, body.Reason), ct),
            cards,
            me,
            ct
        );
    }

    /// <summary>Null takes the task from its assignee.</summary>
    private static async Task<IResult> AssignAsync(
        TaskAssignment assignment,
        TaskCards cards,
        CurrentPerson me,
        Guid id,
        AssignBody body,
        CancellationToken ct
    )
    {
        var given =
            body.SaysCitizen ? await assignment.AssignAsync(me.Id, id, body.CitizenId, ct)
            : await cards.FindOwnAsync(me.Id, id, ct) is { Ok: false } unseen ? unseen.Failure
            : Failure.Invalid("citizen_id", "Say who does it: citizen_id is the id of a citizen, or null for nobody.");
        return await FoundAsync(given, cards, me, ct);
    }

    private static async Task<IResult> AddDependencyAsync(
        TaskDependencies dependencies,
        TaskCards cards,
        CurrentPerson me,
        Guid id,
        DependencyBody body,
        CancellationToken ct
    )
    {
        var added =
            body.DependsOnId is { } other ? await dependencies.AddAsync(me.Id, id, other, ct)
            : await cards.FindAsync(me.Id, id, ct) is { Ok: false } unseen ? unseen.Failure
            : Failure.Invalid("depends_on_id", "Say which task it waits for: depends_on_id.");
        var card = added.Ok ? await cards.FindAsync(me.Id, id, ct) : added.Failure;
        return card.ToResult(task => TypedResults.Created($"/api/tasks/{id}", new TaskFound(task)));
    }

    private static async Task<IResult> RemoveDependencyAsync(
        TaskDependencies dependencies,
        CurrentPerson me,
        Guid id,
        Guid other,
        CancellationToken ct
    ) => (await dependencies.RemoveAsync(me.Id, id, other, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> FoundAsync(Outcome<Guid> done, TaskCards cards, CurrentPerson me, CancellationToken ct) =>
        done.Ok ? await GetAsync(cards, me, done.Value, ct) : done.Failure.ToProblem();

    internal sealed record TaskList(IReadOnlyList<TaskCard> Tasks, string? NextCursor);

    internal sealed record TaskFound(TaskCard Task);

    /// <param name="Status">TODO, IN_PROGRESS, REVIEW, DONE or ARCHIVED.</param>
    /// <param name="Insist">Begins it although tasks that it waits for are not done.</param>
    /// <param name="From">The state that it was seen in: refused where it is in another one by now.</param>
    /// <param name="After">The task of the column that it is put below; without, on top.</param>
    /// <param name="Reason">What must change where it is sent back: becomes a comment, and a minion begins again.</param>
    internal sealed record MoveBody(string? Status, bool? Insist, string? From, Guid? After, string? Reason);

    internal sealed record AssignBody
    {
        /// <summary>Null for nobody.</summary>
        [Required]
        public Guid? CitizenId
        {
            get;
            init => (field, SaysCitizen) = (value, true);
        }

        /// <summary>False where the field is left out: a mistake takes the task from nobody.</summary>
        [JsonIgnore]
        public bool SaysCitizen { get; private init; }
    }

    internal sealed record DependencyBody(Guid? DependsOnId);
}
