using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Training.Schedules;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Training;

internal static class TrainingScheduleApi
{
    private const string Users = "user_id";

    public static void MapTrainingSchedules(this IEndpointRouteBuilder app)
    {
        var schedules = app.MapGroup("/api/users/{user_id:guid}/training-schedules").WithTags("Training").RequireOwnUser().RequireSelf();
        schedules.MapGet("/", ListAsync).Produces<ScheduleList>();
        schedules.MapPost("/", CreateAsync).Produces<ScheduleFound>(StatusCodes.Status201Created);
        schedules.MapGet("/{id:guid}", GetAsync).Produces<ScheduleFound>();
        schedules.MapPut("/{id:guid}", ChangeAsync).Produces<ScheduleFound>();
        schedules.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>All of them: nobody has more than fifty.</summary>
    private static async Task<IResult> ListAsync(
        TrainingSchedules schedules,
        [FromRoute(Name = Users)] Guid userId,
        [FromQuery(Name = "minion_id")] Guid? minionId,
        CancellationToken ct
    ) => TypedResults.Ok(new ScheduleList(await schedules.ListAsync(userId, minionId, ct), null));

    private static async Task<IResult> CreateAsync(
        TrainingSchedules schedules,
        [FromRoute(Name = Users)] Guid userId,
        ScheduleInput body,
        CancellationToken ct
    )
    {
        var made = await schedules.CreateAsync(userId, body, ct);
        var card = made.Ok ? await schedules.FindAsync(userId, made.Value, ct) : made.Failure;
        return card.ToResult(c => TypedResults.Created($"/api/users/{userId}/training-schedules/{c.Id}", new ScheduleFound(c)));
    }

    private static async Task<IResult> GetAsync(
        TrainingSchedules schedules,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await schedules.FindAsync(userId, id, ct)).ToResult(card => TypedResults.Ok(new ScheduleFound(card)));

    private static async Task<IResult> ChangeAsync(
        TrainingSchedules schedules,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        ScheduleInput body,
        CancellationToken ct
    )
    {
        var changed = await schedules.ChangeAsync(userId, id, body, ct);
        return changed.Ok ? await GetAsync(schedules, userId, id, ct) : changed.Failure.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(
        TrainingSchedules schedules,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await schedules.DeleteAsync(userId, id, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record ScheduleList(IReadOnlyList<ScheduleCard> Schedules, string? NextCursor);

    internal sealed record ScheduleFound(ScheduleCard Schedule);
}
