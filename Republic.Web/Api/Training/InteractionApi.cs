using System.Text.Json;
using Republic.Core;
using Republic.Core.Audit;
using Republic.Core.Interactions;
using Republic.Core.Interactions.PersonalData;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Training;

/// <summary>Training from a person's own chats, with the names of personal models' training jobs.</summary>
internal static class InteractionApi
{
    public const int MostShown = 200;

    public static void MapInteractions(this IEndpointRouteBuilder app)
    {
        var training = app.MapGroup("/api/training").WithTags("Training");
        training.MapPost("/export-data", ExportAsync).Produces<ExportedData>();
        training.MapGet("/export-data/{minionId:guid}", DownloadAsync).Produces<string>(contentType: InteractionFile.ContentType);
        training.MapPut("/rules/{minionId:guid}", RulesAsync).Produces<ExportedData>();
        training.MapPost("/start-job", StartAsync).Produces<JobFound>(StatusCodes.Status202Accepted);
        training.MapGet("/jobs", ListAsync).Produces<JobList>();
        training.MapGet("/jobs/{id:guid}", GetAsync).Produces<JobFound>();
        training.MapPost("/deploy", DeployAsync).Produces<Deployed>();
    }

    private static async Task<IResult> ExportAsync(InteractionReader reader, CurrentPerson person, Export body, CancellationToken ct) =>
        body.MinionId is not { } minion
            ? Failure.Invalid("minion_id", "Say which minion: minion_id.").ToProblem()
            : (await reader.ReadAsync(person.Id, minion, body.Anew, ct)).ToResult(set => TypedResults.Ok(ExportedData.Of(set)));

    private static async Task<IResult> DownloadAsync(
        InteractionReader reader,
        AuditLog audit,
        CurrentPerson person,
        Guid minionId,
        CancellationToken ct
    )
    {
        var read = await reader.ReadAsync(person.Id, minionId, anew: false, ct);
        return read.Ok ? await InteractionFile.OfAsync(read.Value, audit) : read.Failure.ToProblem();
    }

    private static async Task<IResult> RulesAsync(
        LearningRules rules,
        InteractionReader reader,
        CurrentPerson person,
        Guid minionId,
        Rules body,
        CancellationToken ct
    )
    {
        var set = await rules.SetAsync(person.Id, minionId, body.PersonalData ?? [], body.Memories, ct);
        var read = set.Ok ? await reader.ReadAsync(person.Id, minionId, anew: false, ct) : set.Failure;
        return read.ToResult(found => TypedResults.Ok(ExportedData.Of(found)));
    }

    private static async Task<IResult> StartAsync(
        InteractionRuns runs,
        InteractionJobs jobs,
        CurrentPerson person,
        InteractionOrder body,
        CancellationToken ct
    )
    {
        var started = await runs.StartAsync(person.Id, body, ct);
        var job = started.Ok ? await jobs.FindAsync(person.Id, started.Value, ct) : started.Failure;
        return job.ToResult(found => TypedResults.Accepted($"/api/training/jobs/{found.Run.Id}", new JobFound(Job.Of(found, person.Id))));
    }

    private static async Task<IResult> ListAsync(
        InteractionJobs jobs,
        CurrentPerson person,
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

        var page = await jobs.ListAsync(person.Id, minion: null, asked.Value.Limit, asked.Value.From, ct);
        var next = asked.Value.Next(page, last => Cursor.Of(last.Run.Id));
        return TypedResults.Ok(new JobList([.. page.Select(job => Job.Of(job, person.Id))], next));
    }

    private static async Task<IResult> GetAsync(InteractionJobs jobs, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await jobs.FindAsync(person.Id, id, ct)).ToResult(job => TypedResults.Ok(new JobFound(Job.Of(job, person.Id))));

    private static async Task<IResult> DeployAsync(InteractionDeploy deploy, CurrentPerson person, Deploy body, CancellationToken ct)
    {
        if (body.JobId is not { } job)
        {
            return Failure.Invalid("job_id", "Say whose version to put into use: job_id.").ToProblem();
        }

        return (await deploy.DeployAsync(person.Id, job, body.Insist, ct)).ToResult(chosen =>
            TypedResults.Ok(new Deployed(true, chosen.Minion.Id, chosen.Minion.Version, chosen.Former))
        );
    }

    /// <param name="Anew">Counts what the version in use learned as well.</param>
    internal sealed record Export(Guid? MinionId, bool Anew = false);

    /// <param name="Memories">Answers may be learned whose prompt held memories.</param>
    internal sealed record Rules(Dictionary<PersonalDataKind, PersonalDataRule>? PersonalData, bool? Memories);

    /// <param name="Insist">Also where the gate refused the version.</param>
    internal sealed record Deploy(Guid? JobId, bool Insist = false);

    /// <param name="Former">The version before: putting that into use undoes it.</param>
    internal sealed record Deployed(bool Success, Guid MinionId, int Version, int Former);

    internal sealed record Pair(string Instruction, string Response, bool IsCorrection, Guid MessageId, Guid ConversationId);

    internal sealed record ExportedData(
        int Eligible,
        int Corrections,
        int Ready,
        int Needed,
        int NeededNew,
        string? Missing,
        IReadOnlyDictionary<string, int> Refused,
        IReadOnlyDictionary<string, int> PersonalData,
        IReadOnlyList<Pair> Preview
    )
    {
        /// <summary>Nothing in it is unmasked that the person did not say to keep.</summary>
        public static ExportedData Of(InteractionSet set) =>
            new(
                set.Eligible.Count,
                set.Corrections,
                set.Ready,
                InteractionSet.Needed,
                InteractionSet.FreshNeeded,
                set.Missing,
                set.Refused.ToDictionary(count => Name(count.Key), count => count.Value),
                set.PersonalData.ToDictionary(count => Name(count.Key), count => count.Value),
                [
                    .. set
                        .Eligible.Take(MostShown)
                        .Select(pair => new Pair(pair.Instruction, pair.Response, pair.IsCorrection, pair.MessageId, pair.ConversationId)),
                ]
            );

        private static string Name(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
    }

    internal sealed record JobList(IReadOnlyList<Job> Jobs, string? NextCursor);

    internal sealed record JobFound(Job Job);

    /// <summary>A run from chats, named as the table of personal models' training jobs names it.</summary>
    /// <param name="ModelId">The model that the weights are trained on.</param>
    /// <param name="TrainingDataSize">Rows.</param>
    /// <param name="TrainingProgress">0 to 1.</param>
    /// <param name="TrainingMetrics">The report; null until the run is done.</param>
    internal sealed record Job(
        Guid Id,
        Guid UserId,
        Guid MinionId,
        string ModelId,
        string JobStatus,
        int TrainingDataSize,
        double TrainingProgress,
        DateTimeOffset? EstimatedCompletion,
        string? ErrorMessage,
        TrainingReport? TrainingMetrics,
        DateTimeOffset CreatedAt,
        DateTimeOffset? CompletedAt
    )
    {
        public static Job Of(InteractionJob job, Guid owner)
        {
            var run = job.Run;
            return new(
                run.Id,
                owner,
                run.MinionId,
                run.Config.BaseModel ?? run.Model,
                run.Status.ToString().ToLowerInvariant(),
                job.Pairs,
                run.Progress,
                run is { IsActive: true, EtaSeconds: { } seconds } ? run.UpdatedAt.AddSeconds(seconds) : null,
                run.ErrorMessage,
                run.Report,
                run.CreatedAt,
                run.CompletedAt
            );
        }
    }
}
