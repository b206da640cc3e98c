using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Grading;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Traits;

namespace Republic.Core.Training.Steps;

/// <summary>Step 8: what changed, and whether that can be told from chance.</summary>
internal sealed class CalculateImprovements : ITrainingStep
{
    private const string ByJudge = "judge";
    internal const string ByNothing = "none";

    public StepName Name => StepName.CalculateImprovements;

    public Task<Outcome<object>> RunAsync(StepRun run, CancellationToken ct) =>
        Task.FromResult<Outcome<object>>(
            Of(
                run.Config,
                run.Read<Answers>(StepName.CaptureBeforeMetrics),
                run.Read<AfterMetrics>(StepName.CaptureAfterMetrics),
                run.Read<ConfiguredTraits>(StepName.ConfigureTraits).EffectivenessBonus
            )
        );

    internal static Improvements Of(TrainingConfig config, Answers before, AfterMetrics after, double bonus)
    {
        var (gradedBy, pairs) =
            after.Graded is { Pairs.Count: > 0 } graded ? (ByJudge, graded.Pairs)
            : after.HeldOut is { } rows ? (TrainingReport.ByHeldOutLoss, [.. rows.Select(Paired)])
            : (ByNothing, (IReadOnlyList<PairedPrompt>)[]);
        var gate = new GateComparison(pairs, (int)config.Lora.Seed, after.Retention)
        {
            LexicalOverlap = after.LexicalOverlap,
            SemanticOverlap = after.SemanticOverlap,
            Swapped = gradedBy == TrainingReport.ByHeldOutLoss ? [.. after.HeldOut!.Select(Swapped).OfType<PairedPrompt>()] : [],
        };
        var (beforeQuality, afterQuality) =
            gradedBy == ByJudge ? (Quality(pairs, p => p.Before), Quality(pairs, p => p.After)) : (null, null);
        var (beforeTraits, afterTraits) = (Traits(config, before), Traits(config, after.Answers));
        return new Improvements(
            Gain(beforeQuality, afterQuality),
            Gain(beforeTraits, afterTraits),
            Gain(after.Answers.AverageResponseTime, before.AverageResponseTime, of: before.AverageResponseTime),
            bonus,
            beforeQuality,
            afterQuality,
            beforeTraits,
            afterTraits,
            before.AverageResponseTime,
            after.Answers.AverageResponseTime,
            gradedBy,
            gradedBy == ByJudge ? afterQuality ?? 0 : ScoreOfLoss(after.HeldOut),
            gate.Verdict,
            Told(gate.Interval, gradedBy),
            gate.Promotes,
            [.. pairs.Select(pair => Reported(pair, gradedBy == TrainingReport.ByHeldOutLoss))]
        )
        {
            Groups = pairs.Count == 0 ? null : gate.Groups,
            Gain = gate.Gain,
            QuestionEffect = Told(gate.QuestionEffect, gradedBy),
            TakesOnManner = gate.TakesOnManner,
            RowsFitQuestions = gate.RowsFitQuestions,
            BeforeWords = before.Asked.Average(Words),
            AfterWords = after.Answers.Asked.Average(Words),
            Noise = Noise(config.Traits.ToSelection(), before, after.Answers),
        };
    }

    private static PairedPrompt Paired(AfterMetrics.RowLoss row) => new(row.Prompt, [-row.Before], [-row.After]) { Group = row.Group };

    private static PairedPrompt? Swapped(AfterMetrics.RowLoss row) =>
        row is { OtherQuestion: { } other, OwnQuestion: { } own } ? new(row.Prompt, [-other], [-own]) { Group = row.Group } : null;

    private static TrainingReport.MeasuredInterval? Told(ConfidenceInterval? interval, string gradedBy) =>
        interval is null
            ? null
            : new(interval.Low, interval.High, gradedBy == TrainingReport.ByHeldOutLoss ? TrainingReport.Nats : TrainingReport.Points);

    private static double Words(Answers.One answer) => answer.Response.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static TrainingReport.MeasuredNoise? Noise(TraitSelection traits, Answers before, Answers after)
    {
        double? Spread(Func<Answers.One, double?> figure) =>
            AnswerSpread.Of(
                new[] { before, after }
                    .SelectMany((side, i) => side.Asked.Select(answer => (Question: (i, answer.Query), Figure: figure(answer))))
                    .Where(answer => answer.Figure is not null)
                    .Select(answer => (answer.Question, answer.Figure!.Value))
            );

        return Spread(answer => answer.ResponseTime) is { } speed
            ? new(
                speed,
                Spread(answer => Words(answer))!.Value,
                Spread(answer => TraitInterview.Measure(traits, answer.Query, answer.Response).TraitScore)
            )
            : null;
    }

    /// <summary>By how many per cent the loss of the held-out rows fell, 0 to 100.</summary>
    internal static double ScoreOfLoss(IReadOnlyList<AfterMetrics.RowLoss>? rows) =>
        rows is { Count: > 0 }
            ? 100 * Math.Clamp(1 - (rows.MeanLoss(row => row.After) / rows.MeanLoss(row => row.Before))!.Value, 0, 1)
            : 0;

    private static double? Quality(IReadOnlyList<PairedPrompt> pairs, Func<PairedPrompt, IReadOnlyList<double>> side) =>
        TaskComplexity.WeightedMean([.. pairs.Select(pair => (pair.Text, side(pair).Average()))]);

    private static double? Traits(TrainingConfig config, Answers answers)
    {
        var chosen = config.Traits.ToSelection();
        return answers.Asked.Average(answer => TraitInterview.Measure(chosen, answer.Query, answer.Response).TraitScore);
    }

    private static double? Gain(double? before, double? after) => Gain(before, after, of: before);

    private static double? Gain(double? from, double? to, double? of) => of is null or 0 ? null : 100 * (to - from) / of;

    /// <summary>Losses are shown as they are, and a lower one is better.</summary>
    private static TrainingReport.ReportedQuestion Reported(PairedPrompt pair, bool isLoss) =>
        isLoss ? new(pair.Text, [-pair.Before[0]], [-pair.After[0]], false) : new(pair.Text, pair.Before, pair.After, pair.Flipped);
}
