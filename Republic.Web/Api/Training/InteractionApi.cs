using System.Text.Json;
using Republic.Core;
using Republic.Core.Audit;
using Republic.Core.Interactions;
using Republic.Core.Interactions.Lineage;
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
        training.MapDelete("/rows/{minionId:guid}", DeleteRowsAsync).Produces<RowsDeleted>();
        training.MapPost("/start-job", StartAsync).Produces<InteractionJobFound>(StatusCodes.Status202Accepted);
        training.MapGet("/jobs", ListAsync).Produces<InteractionJobList>();
        training.MapGet("/jobs/{id:guid}", GetAsync).Produces<InteractionJobFound>();
        training.MapPost("/deploy", DeployAsync).Produces<Deployed>();
    }

    private static async Task<IResult> ExportAsync(InteractionReader reader, CurrentPerson person, ExportBody body, CancellationToken ct) =>
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
        RulesBody body,
        CancellationToken ct
    )
    {
        var set = await rules.SetAsync(person.Id, minionId, body.PersonalData ?? [], body.Memories, ct);
        var read = set.Ok ? await reader.ReadAsync(person.Id, minionId, anew: false, ct) : set.Failure;
        return read.ToResult(found => TypedResults.Ok(ExportedData.Of(found)));
    }

    /// <summary>Deletes the datasets with rows of chats that were deleted or taken back.</summary>
    private static async Task<IResult> DeleteRowsAsync(DerivedRows rows, CurrentPerson person, Guid minionId, CancellationToken ct) =>
        (await rows.DeleteTakenBackAsync(person.Id, minionId, ct)).ToResult(gone =>
            TypedResults.Ok(new RowsDeleted(gone.Rows, gone.Datasets))
        );

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
        return job.ToResult(found =>
            TypedResults.Accepted($"/api/training/jobs/{found.Run.Id}", new InteractionJobFound(InteractionJobRecord.Of(found, person.Id)))
        );
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
        return TypedResults.Ok(new InteractionJobList([.. page.Select(job => InteractionJobRecord.Of(job, person.Id))], next));
    }

    private static async Task<IResult> GetAsync(InteractionJobs jobs, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await jobs.FindAsync(person.Id, id, ct)).ToResult(job =>
            TypedResults.Ok(new InteractionJobFound(InteractionJobRecord.Of(job, person.Id)))
        );

    private static async Task<IResult> DeployAsync(InteractionDeploy deploy, CurrentPerson person, DeployBody body, CancellationToken ct)
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
    internal sealed record ExportBody(Guid? MinionId, bool Anew = false);

    /// <param name="Memories">Whether answers may be learned whose prompt held memories.</param>
    internal sealed record RulesBody(Dictionary<PersonalDataKind, PersonalDataRule>? PersonalData, bool? Memories);

    /// <param name="Rows">Of chats that were deleted or taken back. Rows of other chats went with their datasets.</param>
    internal sealed record RowsDeleted(int Rows, int Datasets);

    /// <param name="Insist">Also where the gate refused the version.</param>
    internal sealed record DeployBody(Guid? JobId, bool Insist = false);

    /// <param name="Former">The version before: putting that into use undoes it.</param>
    internal sealed record Deployed(bool Success, Guid MinionId, int Version, int Former);

    internal sealed record PairRecord(string Instruction, string Response, bool IsCorrection, Guid MessageId, Guid ConversationId);

    internal sealed record ExportedData(
        int Eligible,
        int Corrections,
        int Ready,
        int Needed,
        int NeededNew,
        string? Missing,
        IReadOnlyDictionary<string, int> Refused,
        IReadOnlyDictionary<string, int> PersonalData,
        IReadOnlyList<PairRecord> Preview
    )
    {
        /// <summary>Shows a set with its personal data masked, but for the kinds that the person chose to keep.</summary>
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
                        .Select(pair => new PairRecord(
                            pair.Instruction,
                            pair.Response,
                            pair.IsCorrection,
                            pair.MessageId,
                            pair.ConversationId
                        )),
                ]
            );

        private static string Name(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
    }

    internal sealed record InteractionJobList(IReadOnlyList<InteractionJobRecord> Jobs, string? NextCursor);

    internal sealed record InteractionJobFound(InteractionJobRecord Job);

    /// <summary>A run from chats, named as the table of personal models' training jobs names it.</summary>
    /// <param name="ModelId">The model that the weights are trained on.</param>
    /// <param name="TrainingDataSize">Rows.</param>
    /// <param name="TrainingProgress">0 to 1.</param>
    /// <param name="HeldUntil">When it is begun again by itself, after its process died again and again; null where it is not held.</param>
    /// <param name="TrainingMetrics">The report; null until the run is done.</param>
    internal sealed record InteractionJobRecord(
        Guid Id,
        Guid UserId,
        Guid MinionId,
        string ModelId,
        string JobStatus,
        int TrainingDataSize,
        double TrainingProgress,
        DateTimeOffset? EstimatedCompletion,
        string? ErrorMessage,
        DateTimeOffset? HeldUntil,
        TrainingReport? TrainingMetrics,
        DateTimeOffset CreatedAt,
        DateTimeOffset? CompletedAt
    )
    {
        public static InteractionJobRecord Of(InteractionJob job, Guid owner)
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
                run.HeldUntil,
                run.Report,
                run.CreatedAt,
                run.CompletedAt
            );
        }
    }
}
