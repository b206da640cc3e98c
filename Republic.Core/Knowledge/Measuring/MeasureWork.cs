using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Knowledge.Collections;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>One round through the golden questions of a collection.</summary>
internal sealed class MeasureWork(IDbContextFactory<RepublicDb> databases, KnowledgeSearch search, TimeProvider time) : IJobWork
{
    public const string KindOfJob = "measure";

    public static string OrderOf(MeasureCause cause) => JsonSerializer.Serialize(new Order([cause]));

    /// <summary>Adds a cause to a round that has not begun, if there is one.</summary>
    public static async Task<bool> JoinAsync(RepublicDb db, Guid owner, Guid collection, MeasureCause cause, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update jobs set input = jsonb_set(input, array['Causes'], coalesce(input -> 'Causes', '[]') || {JsonSerializer.Serialize(
                cause
            )}::jsonb)
            where owner_id = {owner} and kind = {KindOfJob} and subject = {collection} and status = 'Queued'
            """,
            ct
        ) > 0;

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var owner = run.Job.OwnerId;
        if (await db.Collections.AsNoTracking().OwnedBy(owner).SingleOrDefaultAsync(c => c.Id == run.Job.Subject, ct) is not { } collection)
        {
            return Failure.NotFound("collection");
        }

        var causes = await CausesAsync(db, run.Job, ct);
        var questions = await db
            .GoldenQuestions.AsNoTracking()
            .OwnedBy(owner)
            .Where(q => q.CollectionId == collection.Id)
            .OrderBy(q => q.CreatedAt)
            .ToListAsync(ct);
        if (questions.Count == 0)
        {
            return Failure.Conflict("There are no questions to measure with any more.");
        }

        var last = await LastAsync(db, owner, collection.Id, ct);
        var before = (Measurement.Of(last)?.Ranks ?? []).Select(rank => rank.Question).ToHashSet();
        causes = MeasureCause.Counted(causes, before, questions.Select(question => question.Id).ToHashSet());
        if (causes.Count == 0)
        {
            run.Report(1, "Measured", last);
            return JobResult.Nothing;
        }

        var answers = await AskAsync(run, collection, questions, ct);
        if (!answers.Ok)
        {
            return answers.Failure;
        }

        var measured = new Measurement([
            .. questions.Zip(answers.Value, (question, answer) => RankOf(question, answer, collection.Retrieval)),
        ]);
        run.Report(1, "Measured", measured.ToJson());
        var score = ScoreOf(collection, measured, MeasureCause.Reason(causes));
        return new JobResult(
            async (into, end) =>
            {
                into.RetrievalScores.Add(score);
                await into.SaveChangesAsync(end);
            }
        );
    }

    private async Task<Outcome<IReadOnlyList<SearchAnswer>>> AskAsync(
        JobRun run,
        Collection collection,
        List<GoldenQuestion> questions,
        CancellationToken ct
    )
    {
        run.Report(0, "Asking the questions");
        var answers = await search.SearchAllAsync(
            collection.OwnerId,
            collection.Id,
            questions.ConvertAll(question => question.Text),
            Measurement.Depth,
            done => run.Report(done, "Asking the questions"),
            ct
        );
        // What is found while vectors are missing says nothing of these settings.
        return
            answers.Ok
            && collection.Embedding is not null
            && answers.Value.Select(answer => answer.LexicalAlone).FirstOrDefault(why => why is not null) is { } lack
            ? Failure.Conflict(lack)
            : answers;
    }

    /// <summary>Rounds that wait are taken in, with what they were asked for: this one sees their changes, and they would see nothing new.</summary>
    private static async Task<List<MeasureCause>> CausesAsync(RepublicDb db, Job job, CancellationToken ct)
    {
        var waiting = await db
            .Database.SqlQuery<string>(
                $"""
                delete from jobs where owner_id = {job.OwnerId} and kind = {KindOfJob} and subject = {job.Subject} and status = 'Queued'
                returning input::text as "Value"
                """
            )
            .ToListAsync(ct);
        return [.. waiting.Prepend(job.Input!).SelectMany(input => JsonSerializer.Deserialize<Order>(input)!.Causes ?? [])];
    }

    /// <summary>What the last round found, as JSON.</summary>
    internal static Task<string?> LastAsync(RepublicDb db, Guid owner, Guid collection, CancellationToken ct) =>
        db
            .Jobs.OwnedBy(owner)
            .Where(j => j.Subject == collection && j.Kind == KindOfJob && j.Status == JobStatus.Completed)
            .OrderByDescending(j => j.CreatedAt)
            .Select(j => j.Detail)
            .FirstOrDefaultAsync(ct);

    private static QuestionRank RankOf(GoldenQuestion question, SearchAnswer answer, RetrievalSettings settings)
    {
        var given = SelectedHits.Of(answer.Hits, _ => settings).Select(hit => hit.PassageId).ToHashSet();
        for (var i = 0; i < answer.Hits.Count; i++)
        {
            if (Measurement.IsRight(question, answer.Hits[i]))
            {
                return new QuestionRank(question.Id, i + 1, answer.Hits[i].Score, given.Contains(answer.Hits[i].PassageId));
            }
        }

        return new QuestionRank(question.Id, null, answer.Hits is [var first, ..] ? first.Score : null, Given: false);
    }

    private RetrievalScore ScoreOf(Collection collection, Measurement measured, string reason) =>
        new()
        {
            OwnerId = collection.OwnerId,
            CollectionId = collection.Id,
            Reason = reason,
            Cutting = collection.Cutting,
            Retrieval = collection.Retrieval,
            Embedding = collection.Embedding,
            Questions = measured.Ranks.Count,
            HitAt1 = measured.HitAt(1),
            HitAt3 = measured.HitAt(3),
            HitAt5 = measured.HitAt(5),
            HitAt10 = measured.HitAt(10),
            Mrr = measured.Mrr,
            Answered = measured.Answered,
            CreatedAt = time.GetUtcNow(),
        };

    private sealed record Order(IReadOnlyList<MeasureCause>? Causes);
}
