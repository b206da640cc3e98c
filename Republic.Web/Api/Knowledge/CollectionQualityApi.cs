using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Datasets;
using Republic.Core.Jobs;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Measuring;
using Republic.Web.Api.Datasets;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Knowledge;

/// <summary>How well a collection is searched: its golden questions, what they found, and rows to train on.</summary>
internal static class CollectionQualityApi
{
    private const string Users = "user_id";

    public static void MapCollectionQuality(this IEndpointRouteBuilder app)
    {
        var collection = app.MapGroup("/api/users/{user_id:guid}/collections/{id:guid}").WithTags("Collections").RequireSelf();
        collection.MapGet("/questions", ListAsync).Produces<QuestionList>();
        collection.MapPost("/questions", AddAsync).Produces<QuestionFound>(StatusCodes.Status201Created);
        collection.MapPut("/questions/{question_id:guid}", UpdateAsync).Produces<QuestionFound>();
        collection.MapDelete("/questions/{question_id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        collection.MapPost("/questions/draft", DraftAsync).Produces<Quality>(StatusCodes.Status202Accepted);
        collection.MapDelete("/questions/draft", CancelAsync).Produces<Quality>();
        collection.MapGet("/quality", QualityAsync).Produces<Quality>();
        collection.MapPost("/quality", MeasureAsync).Produces<Quality>(StatusCodes.Status202Accepted);
        collection.MapPost("/dataset", MakeDatasetAsync).Produces<DatasetApi.DatasetFound>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(
        GoldenQuestions questions,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await questions.ListAsync(userId, id, ct)).ToResult(all => TypedResults.Ok(new QuestionList(all)));

    private static async Task<IResult> AddAsync(
        GoldenQuestions questions,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        QuestionInput body,
        CancellationToken ct
    )
    {
        var made = await questions.AddAsync(userId, id, body, ct);
        return made.Ok ? await FoundAsync(questions, userId, id, made.Value, StatusCodes.Status201Created, ct) : made.Failure.ToProblem();
    }

    private static async Task<IResult> UpdateAsync(
        GoldenQuestions questions,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        [FromRoute(Name = "question_id")] Guid question,
        QuestionInput body,
        CancellationToken ct
    )
    {
        var changed = await questions.UpdateAsync(userId, id, question, body, ct);
        return changed.Ok ? await FoundAsync(questions, userId, id, question, StatusCodes.Status200OK, ct) : changed.Failure.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(
        GoldenQuestions questions,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        [FromRoute(Name = "question_id")] Guid question,
        CancellationToken ct
    ) => (await questions.DeleteAsync(userId, id, question, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> DraftAsync(
        QuestionDrafts drafts,
        RetrievalQuality quality,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        DraftBody body,
        CancellationToken ct
    )
    {
        var started = await drafts.StartAsync(userId, id, body.MinionId ?? Guid.Empty, body.Count ?? QuestionDrafts.UsualCount, ct);
        return await AcceptedAsync(started, quality, userId, id, ct);
    }

    /// <summary>What is written stays.</summary>
    private static async Task<IResult> CancelAsync(
        QuestionDrafts drafts,
        RetrievalQuality quality,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    )
    {
        var cancelled = await drafts.CancelAsync(userId, id, ct);
        return cancelled.Ok ? await QualityAsync(quality, userId, id, ct) : cancelled.Failure.ToProblem();
    }

    private static async Task<IResult> QualityAsync(
        RetrievalQuality quality,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => (await quality.FindAsync(userId, id, ct)).ToResult(view => TypedResults.Ok(new Quality(view)));

    private static async Task<IResult> MeasureAsync(
        RetrievalMeasure measure,
        RetrievalQuality quality,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        CancellationToken ct
    ) => await AcceptedAsync(await measure.NowAsync(userId, id, ct), quality, userId, id, ct);

    private static async Task<IResult> MakeDatasetAsync(
        CollectionRows rows,
        DatasetCards cards,
        [FromRoute(Name = Users)] Guid userId,
        Guid id,
        DatasetOrderBody body,
        CancellationToken ct
    )
    {
        var made = await rows.MakeAsync(userId, id, new(body.Name, body.Questions ?? true, body.Passages ?? true), ct);
        var card = made.Ok ? await cards.FindAsync(userId, made.Value, ct) : made.Failure;
        return card.ToResult(c => TypedResults.Created($"/api/users/{userId}/training-datasets/{c.Id}", new DatasetApi.DatasetFound(c)));
    }

    private static async Task<IResult> AcceptedAsync(
        Outcome<Guid> started,
        RetrievalQuality quality,
        Guid owner,
        Guid collection,
        CancellationToken ct
    )
    {
        var view = started.Ok ? await quality.FindAsync(owner, collection, ct) : started.Failure;
        return view.ToResult(found => TypedResults.Accepted($"/api/users/{owner}/collections/{collection}/quality", new Quality(found)));
    }

    private static async Task<IResult> FoundAsync(
        GoldenQuestions questions,
        Guid owner,
        Guid collection,
        Guid question,
        int status,
        CancellationToken ct
    ) =>
        (await questions.ListAsync(owner, collection, ct)).ToResult(all =>
            TypedResults.Json(new QuestionFound(all.Single(card => card.Id == question)), statusCode: status)
        );

    internal sealed record QuestionList(IReadOnlyList<QuestionCard> Questions);

    internal sealed record QuestionFound(QuestionCard Question);

    internal sealed record DraftBody(Guid? MinionId, int? Count);

    internal sealed record DatasetOrderBody(string? Name, bool? Questions, bool? Passages);

    /// <param name="Scores">The oldest first.</param>
    /// <param name="Ranks">Of the last round, question by question.</param>
    /// <param name="Measuring">The last round that was asked for.</param>
    /// <param name="Drafting">The last drafting of questions.</param>
    internal sealed record Quality(
        IReadOnlyList<RetrievalScore> Scores,
        IReadOnlyList<QuestionRank> Ranks,
        WorkFound? Measuring,
        DraftingFound? Drafting
    )
    {
        public Quality(RetrievalQuality.View view)
            : this(view.Scores, [.. view.Ranks.Values], WorkFound.Of(view.Measuring), DraftingFound.Of(view.Drafting)) { }
    }

    /// <param name="Status">queued, running, completed, failed or cancelled.</param>
    /// <param name="HeldUntil">When it is begun again by itself, after its process died again and again; null where it is not held.</param>
    internal sealed record WorkFound(string Status, double Progress, string? Phase, string? Error, DateTimeOffset? HeldUntil)
    {
        public static WorkFound? Of(Job? job) =>
            job is null ? null : new(job.Status.ToString().ToLowerInvariant(), job.Progress, job.Phase, job.Error, job.HeldUntil);
    }

    /// <param name="HeldUntil">When it is begun again by itself, after its process died again and again; null where it is not held.</param>
    /// <param name="Asked">Questions that were asked for; null while it is not over.</param>
    /// <param name="Unread">Replies that were not taken.</param>
    /// <param name="Note">Why fewer were written than asked for, for people; null where all were.</param>
    internal sealed record DraftingFound(
        string Status,
        double Progress,
        string? Phase,
        string? Error,
        DateTimeOffset? HeldUntil,
        int? Asked,
        int? Written,
        int? Unread,
        string? Note
    )
    {
        public static DraftingFound? Of(Job? job)
        {
            var report = DraftReport.Of(job);
            return WorkFound.Of(job) is { } work
                ? new(
                    work.Status,
                    work.Progress,
                    work.Phase,
                    work.Error,
                    work.HeldUntil,
                    report?.Asked,
                    report?.Written,
                    report?.Unread,
                    report?.Sentence
                )
                : null;
        }
    }
}
