using Republic.Core.Training.Configuration;
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
    LostAnswerGrading lostAnswers,
    RunCollections collections
) : ITrainingStep
{
    public StepName Name => StepName.CaptureAfterMetrics;

    public IReadOnlyDictionary<WorkKind, int>? Work(StepRun run)
    {
        if (HeldOutOf(run) is not { } rows)
        {
            return null;
        }

        var work = new Dictionary<WorkKind, int> { [WorkKind.Answers] = BaselineInterview.Calls(run) };
        if (run.Config.ChosenJudge is not null)
        {
            work[WorkKind.Answers] += Grader.Asked(rows, run.Config.Repeats);
            work[WorkKind.Grades] = Grader.Graded(rows, run.Config.Repeats);
        }

        if (run.Job.Method.TrainsWeights())
        {
            work[WorkKind.Losses] = (HeldOutLosses.Times * rows) + Math.Min(rows, HeldOutLosses.BegunRows);
            work[WorkKind.Retention] = kept.Work(run);
            work[WorkKind.Start] = 2;
        }

        return work;
    }

    /// <summary>Rows that are measured with; null where they are not read yet.</summary>
    private static int? HeldOutOf(StepRun run) =>
        run.Job.DatasetIds.Count == 0 ? 0
        : run.Journal.IsDone(StepName.RefineDatasets)
            ? Math.Min(run.Read<RefinedData>(StepName.RefineDatasets).Validation, HeldOutLosses.MostRows)
        : null;

    public async Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct)
    {
        var enhanced = run.Read<EnhancedModel>(StepName.EnhanceModel);
        var draft = enhanced.Speaker(run.Before);
        var (judge, gone) = await grader.JudgeAsync(run, ct);
        var compared = await CompareAsync(run, draft, judge, gone, ct);
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
        if (!retention.Ok)
        {
            return retention.Failure;
        }

        var (byWords, byMeaning) = await losses.OverlapAsync(run, retention.Value.Manner, ct);
        return measured with
        {
            HeldOut = heldOut.Value,
            Retention = await lostAnswers.MarkAsync(run, judge, retention.Value, ct),
            LexicalOverlap = byWords,
            SemanticOverlap = byMeaning,
        };
    }

    /// <summary>What both versions answer, and what a judge says of it where there is one.</summary>
    private async Task<Outcome<AfterMetrics>> CompareAsync(StepRun run, Speaker draft, Judge? judge, string? gone, CancellationToken ct)
    {
        if (gone is not null && HeldOutOf(run) is { } rows)
        {
            // Counted for the judge that was chosen; who waits for its grades would wait until the end of the step.
            run.Drop(WorkKind.Answers, Grader.Asked(rows, run.Config.Repeats));
            run.Drop(WorkKind.Grades, Grader.Graded(rows, run.Config.Repeats));
        }

        var answers = await baseline.AskAsync(run, "after", draft, ct);
        if (!answers.Ok || judge is null)
        {
            return answers.Ok
                ? new AfterMetrics(answers.Value, null, null) { JudgesPassedOver = gone is null ? [] : [gone] }
                : answers.Failure;
        }

        var pairs = await grader.PairsAsync(run, draft, answers.Value, grader.Prompts(run), ct);
        var grades = pairs.Ok ? await grader.GradeAsync(run, judge, pairs.Value, ct) : pairs.Failure;
        return grades.Ok ? new AfterMetrics(answers.Value, grades.Value, null) : grades.Failure;
    }
}
