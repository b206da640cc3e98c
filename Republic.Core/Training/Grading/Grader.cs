using Republic.Core.Training.Configuration;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training.Grading;

/// <summary>Has the answers of both versions graded by another model.</summary>
internal sealed class Grader(JudgeChoice judges, HeldOutInterview heldOut, RunModelClient models, TrainingFiles files)
{
    /// <summary>Grades are short, but some models think first.</summary>
    private const int MostTokens = 4096;

    public Task<(Judge? Judge, string? Gone)> JudgeAsync(StepRun run, CancellationToken ct) => judges.OfAsync(run, ct);

    public IReadOnlyList<HeldOutPrompt> Prompts(StepRun run) =>
        HeldOutPrompt.Of(files.FolderOf(run.Job.Id), run.Read<RefinedData>(StepName.RefineDatasets).Folder);

    /// <summary>Calls of the minion beyond the baseline questions: the held-out prompts to both versions.</summary>
    public static int Asked(int prompts, int repeats) => 2 * repeats * prompts;

    /// <summary>Calls of the judge: each pair in both orders.</summary>
    public static int Graded(int prompts, int repeats) => 2 * repeats * (SeedQuestions.Baseline.Length + prompts);

    public async Task<Outcome<IReadOnlyList<AnsweredPair>>> PairsAsync(
        StepRun run,
        Speaker draft,
        Answers after,
        IReadOnlyList<HeldOutPrompt> prompts,
        CancellationToken ct
    )
    {
        var held = await heldOut.AskAsync(run, draft, prompts, ct);
        var before = run.Read<Answers>(StepName.CaptureBeforeMetrics);
        return held.Ok
            ? Outcome<IReadOnlyList<AnsweredPair>>.Of([.. before.Asked.Zip(after.Asked, Baseline), .. held.Value])
            : held.Failure;
    }

    /// <returns>Grades without pairs where too few could be graded.</returns>
    public async Task<Outcome<AfterMetrics.Grades>> GradeAsync(
        StepRun run,
        Judge judge,
        IReadOnlyList<AnsweredPair> pairs,
        CancellationToken ct
    )
    {
        var grading = new PairGrading((key, tried, text) => AskAsync(run, judge, key, tried, text, ct));
        var graded = new List<GradedPair>();
        foreach (var pair in pairs)
        {
            var one = await grading.GradeAsync(pair);
            if (!one.Ok)
            {
                return one.Failure;
            }

            graded.Add(one.Value);
            var missing = graded.Count(p => !p.IsGraded);
            if (Pairing.TooManyMissing(missing, pairs.Count))
            {
                await run.LogAsync(
                    $"Not graded: {judge.Name} gave no grades that can be read for {missing} of {pairs.Count} pairs of answers, asked twice each, and more than a third must not be missing. Choose another judge for the next run.",
                    ct
                );
                return new AfterMetrics.Grades(judge.Id, judge.IsSelf, []) { Name = judge.Name, Graded = graded };
            }
        }

        await run.LogAsync(Summary(judge, graded), ct);
        return new AfterMetrics.Grades(judge.Id, judge.IsSelf, Pairing.Of(graded)) { Name = judge.Name, Graded = graded };
    }

    private static string Summary(Judge judge, List<GradedPair> graded)
    {
        var both = graded.FindAll(pair => pair.IsGraded);
        var opposed = both.Count(pair => Math.Sign(pair.BeforeFirst!.Difference) * Math.Sign(pair.AfterFirst!.Difference) < 0);
        return FormattableString.Invariant(
            $"{judge.Name} graded {both.Count} of {graded.Count} pairs of answers in both orders. The orders differ by {both.Average(pair => pair.Disagreement):0.0} points on average, and in {opposed} pairs over which answer is better."
        );
    }

    private async Task<Outcome<string>> AskAsync(StepRun run, Judge judge, string key, int tried, string text, CancellationToken ct)
    {
        // Its character and its own weights stay out: the rubric alone speaks to its model.
        var question = new ModelQuestion(
            $"grade/{judge.Id:N}/{key}/{tried}",
            judge.Id,
            new Speaker(Rubric.Instructions, null),
            text,
            run.Config.Lora.Seed + tried - 1
        )
        {
            Settings = new() { MaxTokens = MostTokens },
            Format = Rubric.Format,
        };
        var reply = await models.AskAsync(run, question, ct);
        return reply.Ok
            ? reply.Value.Text
            : reply.Failure with
            {
                Message =
                    $"{judge.Name}{JudgeCheck.CouldNotGrade} {reply.Failure.Message} Mend it, and the run can go on. Where the judge is paused or deleted, it goes on without one.",
            };
    }

    private static AnsweredPair Baseline(Answers.One before, Answers.One after)
    {
        var question = Array.IndexOf(SeedQuestions.Baseline, before.Query);
        return new(
            $"question/{question}",
            before.Repeat,
            before.Query,
            new($"before/{question}/{before.Repeat}", before.Response),
            new($"after/{question}/{after.Repeat}", after.Response)
        );
    }
}
