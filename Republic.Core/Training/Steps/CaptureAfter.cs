using Republic.Core.Training.Grading;
using Republic.Core.Training.Linking;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Steps;

/// <summary>Step 7: the same questions to the draft, and both versions held against each other.</summary>
internal sealed class CaptureAfter(
    BaselineInterview baseline,
    Grader grader,
    HeldOutLosses losses,
    KeptAnswers kept,
    RunCollections collections,
    TimeProvider time
) : ITrainingStep
{
    public StepName Name => StepName.CaptureAfterMetrics;

    public async Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct)
    {
        var enhanced = run.Read<EnhancedModel>(StepName.EnhanceModel);
        var draft = enhanced.Speaker(run.Before);
        var compared = await CompareAsync(run, draft, ct);
        if (!compared.Ok)
        {
            return compared.Failure;
        }

        var measured = compared.Value with { Retrieval = await collections.FiguresAsync(run, draft, ct) };
        if (enhanced.Weights is null)
        {
            return measured;
        }

        var heldOut = await losses.OfRowsAsync(run, draft, ct);
        var retention = heldOut.Ok ? await kept.MeasureAsync(run, draft, ct) : heldOut.Failure;
        return retention.Ok ? measured with { HeldOut = heldOut.Value, Retention = retention.Value } : retention.Failure;
    }

    /// <summary>What both versions answer, and what a judge says of it where there is one.</summary>
    private async Task<Outcome<AfterMetrics>> CompareAsync(StepRun run, Speaker draft, CancellationToken ct)
    {
        var judge = await grader.ChooseAsync(run, ct);
        var prompts = judge is null ? [] : grader.Prompts(run);
        var (asked, graded) = judge is null
            ? (0, 0)
            : (Grader.Asked(prompts.Count, run.Config.Repeats), Grader.Graded(prompts.Count, run.Config.Repeats));
        var pace = new CallPace(run, BaselineInterview.Calls(run) + asked, time, graded);
        var answers = await baseline.AskAsync(run, "after", draft, pace, ct);
        if (!answers.Ok || judge is null)
        {
            return answers.Ok ? new AfterMetrics(answers.Value, null, null) : answers.Failure;
        }

        var pairs = await grader.PairsAsync(run, draft, answers.Value, prompts, pace, ct);
        var points = pairs.Ok ? await grader.GradeAsync(run, judge, pairs.Value, pace, ct) : pairs.Failure;
        return points.Ok
            ? new AfterMetrics(answers.Value, points.Value.Grades, null) { JudgesPassedOver = points.Value.PassedOver }
            : points.Failure;
    }
}
