using Republic.Core.Training.Calibration;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Training;

/// <summary>How far a judge can be trusted: a person grades what it graded.</summary>
internal static class CalibrationApi
{
    public static void MapCalibration(this IEndpointRouteBuilder app)
    {
        var calibrations = app.MapGroup("/api/training/calibration").WithTags("Training");
        calibrations.MapGet("/", ListAsync).Produces<CalibrationList>();
        calibrations.MapPost("/", DrawAsync).Produces<CalibrationFound>(StatusCodes.Status201Created);
        calibrations.MapGet("/{id:guid}", GetAsync).Produces<CalibrationFound>();
        calibrations.MapPost("/{id:guid}", GradeAsync).Produces<CalibrationFound>();
        calibrations.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(Calibrations calibrations, CurrentPerson person, CancellationToken ct) =>
        TypedResults.Ok(new CalibrationList(await calibrations.ListAsync(person.Id, ct)));

    private static async Task<IResult> DrawAsync(Calibrations calibrations, CurrentPerson person, Draw body, CancellationToken ct)
    {
        var drawn = await calibrations.NewAsync(person.Id, body.JobId, body.Seed ?? 1, ct);
        var card = drawn.Ok ? await calibrations.FindAsync(person.Id, drawn.Value, ct) : drawn.Failure;
        return card.ToResult(c => TypedResults.Created($"/api/training/calibration/{c.Id}", new CalibrationFound(c)));
    }

    private static async Task<IResult> GetAsync(Calibrations calibrations, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await calibrations.FindAsync(person.Id, id, ct)).ToResult(card => TypedResults.Ok(new CalibrationFound(card)));

    private static async Task<IResult> GradeAsync(
        Calibrations calibrations,
        CurrentPerson person,
        Guid id,
        Grades body,
        CancellationToken ct
    )
    {
        var graded = await calibrations.GradeAsync(person.Id, id, body.Points, ct);
        return graded.Ok ? await GetAsync(calibrations, person, id, ct) : graded.Failure.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(Calibrations calibrations, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await calibrations.DeleteAsync(person.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record CalibrationList(IReadOnlyList<CalibrationCard> Calibrations);

    internal sealed record CalibrationFound(CalibrationCard Calibration);

    internal sealed record Draw(Guid JobId, long? Seed);

    /// <param name="Points">Of the first and the second answer of each pair, in order.</param>
    internal sealed record Grades(IReadOnlyList<double?>? Points);
}
