using System.Globalization;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training.Reports;

/// <summary>What a person should know before they believe a verdict. Of each warning the first sentence is the fact, the rest what it means.</summary>
internal static class ReportWarnings
{
    /// <summary>A rate from so many times the usual one on is named.</summary>
    private const double HighRate = 4;

    /// <param name="report">As it is without them.</param>
    public static IReadOnlyList<string> Of(TrainingReport report, RefinedData data, EnhancedModel draft) =>
        [
            .. new[]
            {
                Nonsense(report.Retention),
                HighRateOf(draft.Weights),
                Grader(report),
                PassedOver(report),
                Cautious(report),
                FewAnswers(data, draft),
                Unlikely(draft.Weights),
            }.OfType<string>(),
        ];

    private static string? Grader(TrainingReport report) =>
        report switch
        {
            { IsByLoss: true } => TrainingReport.NobodyGraded,
            { SelfGraded: true } =>
                "The minion graded its own answers. A judge that is another model can be trusted further; choose one for the next run.",
            _ => null,
        };

    /// <summary>Where nothing was graded at all, the conclusion names them.</summary>
    private static string? PassedOver(TrainingReport report) =>
        report is { JudgesPassedOver: { Count: > 0 } judges, GradedBy: not "none" }
            ? $"{VerdictWords.Names(judges)} could not grade{(report.GradedBy == "judge" ? ", so the next one did" : "")}. The log says why."
            : null;

    private static string? Cautious(TrainingReport report) =>
        report.GradedBy switch
        {
            TrainingReport.ByHeldOutLoss when report.Collections.Count > 0 || report.Adapter is { IsStyle: true } =>
                "The loss tells of the trained weights alone. What whole answers gain was not graded.",
            "judge" when report.Collections.Any(collection => collection.Built) =>
                "The collection was built of all rows, also of those that are asked here. This tells whether answers are found and used, not how other questions would fare.",
            _ => null,
        };

    private static string? FewAnswers(RefinedData data, EnhancedModel draft) =>
        draft.Weights is not null && data.DifferentAnswers is > 0 and var answers && 2 * answers < data.Rows
            ? $"The answers of your {Number(data.Rows)} rows fall into {Number(answers)} group{(answers == 1 ? "" : "s")} of nearly equal ones. It learned few different things; rows that differ more would help."
            : null;

    /// <summary>A random guess among all tokens has a loss of ln(vocabulary).</summary>
    private static string? Unlikely(EnhancedModel.TrainedWeights? weights) =>
        weights is { LossBefore: { } before, Vocabulary: { } vocabulary } && before > Math.Log(vocabulary)
            ? FormattableString.Invariant(
                $"{(weights.FromVersion is { } version ? $"Version {version}" : "The base")} finds your rows less likely than random guessing: {before:F1} nats a token, where a guess costs {Math.Log(vocabulary):F1}. It may not know their language or subject, or the answers may make no sense: such rows it can only learn by heart."
            )
            : null;

    private static string? Nonsense(Retention? retention) =>
        retention is { Degenerate: > 0 and var answers, Of: var of }
            ? $"{answers} of {of} answers {VerdictWords.Degenerate(answers)}. The version before answered each of these questions."
            : null;

    private static string? HighRateOf(EnhancedModel.TrainedWeights? weights) =>
        weights is { Settings.LearningRate: { } rate, UsualRate: > 0 and var usual } && rate >= HighRate * usual
            ? $"The rate of {rate.ToString("0.########", CultureInfo.InvariantCulture)} was {(rate / usual).ToString("0.#", CultureInfo.InvariantCulture)} times what suits this base. A lower one forgets less."
            : null;

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
