using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Training.Grading;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training.Reports;

/// <summary>Reads the answers that decided a run's verdict, before and after it.</summary>
public sealed class RunAnswers(IDbContextFactory<RepublicDb> databases)
{
    /// <summary>Those to the questions that every run asks first; none before the run has both sides.</summary>
    public async Task<Outcome<IReadOnlyList<RunAnswer>>> ReadAsync(Guid owner, Guid job, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.TrainingJobs.OwnedBy(owner).AnyAsync(j => j.Id == job, ct))
        {
            return Failure.NotFound("training job");
        }

        int[] wanted = [(int)StepName.CaptureBeforeMetrics, (int)StepName.CaptureAfterMetrics];
        var outputs = await db
            .TrainingSteps.Where(s => s.TrainingJobId == job && wanted.Contains(s.Index) && s.Output != null)
            .ToDictionaryAsync(s => s.Index, s => s.Output!, ct);
        if (outputs.Count < wanted.Length)
        {
            return Outcome<IReadOnlyList<RunAnswer>>.Of([]);
        }

        var before = Json<Answers>(outputs[wanted[0]]);
        var after = Json<AfterMetrics>(outputs[wanted[1]]);
        var graded = after.Graded?.Graded ?? [];
        var held = graded.Where(pair => pair.IsHeldOut).ToList();
        var calls = await CallsAsync(db, job, [.. held.SelectMany(pair => new[] { pair.BeforeKey, pair.AfterKey })], ct);
        return Outcome<IReadOnlyList<RunAnswer>>.Of([
            .. before.Asked.Join(
                after.Answers.Asked,
                was => (was.Query, was.Repeat),
                now => (now.Query, now.Repeat),
                (was, now) => OfQuestion(was, now, graded)
            ),
            .. held.Where(pair => calls.ContainsKey(pair.BeforeKey) && calls.ContainsKey(pair.AfterKey))
                .Select(pair => new RunAnswer(
                    pair.Text,
                    pair.Repeat,
                    IsHeldOut: true,
                    Said(calls[pair.BeforeKey], pair.Before),
                    Said(calls[pair.AfterKey], pair.After)
                )),
        ]);
    }

    private static async Task<Dictionary<string, ModelAnswer>> CallsAsync(RepublicDb db, Guid job, List<string> keys, CancellationToken ct)
    {
        var calls = await db
            .TrainingCalls.AsNoTracking()
            .Where(call => call.TrainingJobId == job && keys.Contains(call.Key) && call.Answer != null)
            .ToListAsync(ct);
        return calls.DistinctBy(call => call.Key).ToDictionary(call => call.Key, call => Json<ModelAnswer>(call.Answer!));
    }

    private static RunAnswer OfQuestion(Answers.One was, Answers.One now, IReadOnlyList<GradedPair> graded)
    {
        var pair = graded.FirstOrDefault(pair => !pair.IsHeldOut && pair.Text == was.Query && pair.Repeat == was.Repeat);
        return new RunAnswer(
            was.Query,
            was.Repeat,
            IsHeldOut: false,
            new RunAnswer.Said(was.Response, pair?.Before, was.Trace),
            new RunAnswer.Said(now.Response, pair?.After, now.Trace)
        );
    }

    private static RunAnswer.Said Said(ModelAnswer answer, double? points) => new(answer.Text, points, answer.Trace);

    private static T Json<T>(string json) => JsonSerializer.Deserialize<T>(json, TrainingJson.Options)!;
}
