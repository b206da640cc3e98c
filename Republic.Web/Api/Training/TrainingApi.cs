using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Events;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Training;

internal static class TrainingApi
{
    private const string Users = "user_id";
    private const string AsGood = "as_good";
    private const string Worse = "worse";

    public static void MapTraining(this IEndpointRouteBuilder app)
    {
        var jobs = app.MapGroup("/api/users/{user_id:guid}/external-training/jobs").WithTags("Training").RequireOwnUser();
        jobs.MapGet("/", ListAsync).Produces<JobList>();
        jobs.MapGet("/{id:guid}", GetAsync).Produces<JobFound>();
        jobs.MapPost("/{id:guid}/stop", StopAsync).Produces<JobFound>(StatusCodes.Status202Accepted);
        var own = jobs.MapGroup("").RequireSelf();
        own.MapPost("/", CreateAsync).Produces<JobFound>(StatusCodes.Status201Created);
        own.MapPut("/{id:guid}", RenameAsync).Produces<JobFound>();
        own.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        own.MapPost("/{id:guid}/start", StartAsync).Produces<JobFound>(StatusCodes.Status202Accepted);
        own.MapPost("/{id:guid}/again", AgainAsync).Produces<JobFound>(StatusCodes.Status202Accepted);
        own.MapPut("/{id:guid}/lost/{number:int}", MarkAsync).Produces<JobFound>();
        own.MapPost("/{id:guid}/smaller-base", SmallerBaseAsync).Produces<SmallerBase.Made>();
        own.MapGet("/{id:guid}/events", EventsAsync).Produces<string>(contentType: "text/event-stream");
        own.MapGet("/{id:guid}/losses", LossesAsync).Produces<Losses>();
        own.MapGet("/{id:guid}/answers", AnswersAsync).Produces<AnswerList>();
        own.MapAdapterExports();
        app.MapQuickTraining();
        app.MapTrainingSchedules();
        app.MapCalibration();
        app.MapInteractions();
        app.MapComparisons();
    }

    private static async Task<IResult> ListAsync(
        TrainingCards cards,
        CurrentPerson person,
        [FromRoute(Name = Users)] Guid userId,
        string? status,
        [FromQuery(Name = "minion_id")] Guid? minionId,
        string? search,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit, TrainingCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        if (!TryStatus(status, out var wantedStatus))
        {
            return Failure
                .Invalid(
                    "status",
                    $"status is one of {string.Join(", ", Enum.GetNames<TrainingStatus>().Select(s => s.ToUpperInvariant()))}."
                )
                .ToProblem();
        }

        var filter = new TrainingFilter(wantedStatus, minionId, search);
        var page = await cards.ListAsync(userId, filter, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(
            new JobList([.. page.Select(card => For(person, userId, card))], asked.Value.Next(page, last => Cursor.Of(last.Id)))
        );
    }

    private static async Task<IResult> CreateAsync(
        TrainingEditor editor,
        TrainingCards cards,
        [FromRoute(Name = Users)] Guid userId,
        TrainingInput body,
        CancellationToken ct
    )
    {
        var made = await editor.CreateAsync(userId, body, ct);
        var card = made.Ok ? await cards.FindAsync(userId, made.Value, ct) : made.Failure;
        return card.ToResult(c => TypedResults.Created(AddressOf(userId, c.Id), new JobFound(c)));
    }

    private static async Task<IResult> GetAsync(
        TrainingCards cards,
        CurrentPerson person,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await cards.FindAsync(userId, id, ct)).ToResult(card => TypedResults.Ok(new JobFound(For(person, userId, card))));

    private static TrainingCard For(CurrentPerson person, Guid owner, TrainingCard card) => person.Id == owner ? card : card.Outline();

    private static async Task<IResult> RenameAsync(
        TrainingEditor editor,
        TrainingCards cards,
        CurrentPerson person,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        JobNames body,
        CancellationToken ct
    )
    {
        var renamed = await editor.RenameAsync(userId, id, body.JobName, body.Description, ct);
        return renamed.Ok ? await GetAsync(cards, person, userId, id, ct) : renamed.Failure.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(
        TrainingEditor editor,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await editor.DeleteAsync(userId, id, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> StartAsync(
        TrainingControl control,
        TrainingCards cards,
        CurrentPerson person,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => await AcceptedAsync(await control.StartAsync(userId, id, ct), cards, person, userId, ct);

    private static async Task<IResult> StopAsync(
        TrainingControl control,
        TrainingCards cards,
        CurrentPerson person,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => await AcceptedAsync(await control.StopAsync(userId, id, ct), cards, person, userId, ct);

    /// <summary>Makes the run once more, and starts it: the answers that it lost are learned beside the rows.</summary>
    private static async Task<IResult> AgainAsync(
        RunAgain again,
        TrainingCards cards,
        CurrentPerson person,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => await AcceptedAsync(await again.KeepingAsync(userId, id, ct), cards, person, userId, ct);

    /// <summary>Says that a lost answer is as good as before, or worse; null takes that back.</summary>
    private static async Task<IResult> MarkAsync(
        LostAnswers lost,
        TrainingCards cards,
        CurrentPerson person,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        int number,
        MarkChange body,
        CancellationToken ct
    )
    {
        if (body.Mark is not (null or AsGood or Worse))
        {
            return Failure.Invalid("mark", $"mark is {AsGood}, {Worse} or null.").ToProblem();
        }

        var marked = await lost.MarkAsync(userId, id, number, body.Mark is { } mark ? mark == AsGood : null, ct);
        return marked.Ok ? await GetAsync(cards, person, userId, id, ct) : marked.Failure.ToProblem();
    }

    /// <summary>Takes seconds to minutes, by the size of the base.</summary>
    private static async Task<IResult> SmallerBaseAsync(
        SmallerBase bases,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CopyWanted body,
        CancellationToken ct
    ) => (await bases.MakeAsync(userId, id, body.Type, ct)).ToResult(made => TypedResults.Ok(made));

    private static async Task<IResult> EventsAsync(
        JournalFeed<RunEvents> feed,
        HttpRequest request,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        string? after,
        CancellationToken ct
    )
    {
        var last = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : after;
        return (await feed.OpenAsync(userId, id, last, ct)).ToResult(events => new LiveStream(events.Items));
    }

    private static async Task<IResult> LossesAsync(
        TrainingCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await cards.LossesAsync(userId, id, ct)).ToResult(points => TypedResults.Ok(Losses.Of(points)));

    /// <summary>What was asked before and after the run, with both answers and what a judge gave them.</summary>
    private static async Task<IResult> AnswersAsync(
        RunAnswers answers,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await answers.ReadAsync(userId, id, ct)).ToResult(all => TypedResults.Ok(new AnswerList(all)));

    private static async Task<IResult> AcceptedAsync(
        Outcome<Guid> asked,
        TrainingCards cards,
        CurrentPerson person,
        Guid owner,
        CancellationToken ct
    )
    {
        var card = asked.Ok ? await cards.FindAsync(owner, asked.Value, ct) : asked.Failure;
        return card.ToResult(c => TypedResults.Accepted(AddressOf(owner, c.Id), new JobFound(For(person, owner, c))));
    }

    private static bool TryStatus(string? text, out TrainingStatus? status)
    {
        status = Enum.TryParse<TrainingStatus>(text, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;
        return string.IsNullOrEmpty(text) || status is not null;
    }

    private static string AddressOf(Guid owner, Guid job) => $"/api/users/{owner}/external-training/jobs/{job}";

    internal sealed record JobList(IReadOnlyList<TrainingCard> Jobs, string? NextCursor);

    internal sealed record AnswerList(IReadOnlyList<RunAnswer> Answers);

    internal sealed record JobFound(TrainingCard Job);

    /// <param name="Mark">as_good, worse, or null for none.</param>
    internal sealed record MarkChange([property: JsonRequired] string? Mark);

    internal sealed record JobNames(string? JobName, string? Description);

    internal sealed record Losses(IReadOnlyList<Losses.TrainPoint> Train, IReadOnlyList<Losses.ValidationPoint> Validation)
    {
        public static Losses Of(IReadOnlyList<LossPoint> points) =>
            new(
                [.. points.Where(p => p.Kind == "train").Select(p => new TrainPoint(p.Step, p.Loss, p.Tokens ?? 0))],
                [.. points.Where(p => p.Kind == "validation").Select(p => new ValidationPoint(p.Step, p.Loss))]
            );

        internal sealed record TrainPoint(int Step, double Loss, long Tokens);

        internal sealed record ValidationPoint(int Step, double Loss);
    }

    /// <param name="Type">Q8_0 or Q4_K_M.</param>
    internal sealed record CopyWanted(string Type);
}
