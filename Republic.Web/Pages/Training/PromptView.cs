using System.Globalization;
using Republic.Core.Training.Reports;
using Republic.Web.Pages.Charts;

namespace Republic.Web.Pages.Training;

/// <summary>A prompt of a report with its means before and after, and where they lie between the report's smallest and largest.</summary>
/// <param name="Gain">Up is better, whatever the unit.</param>
/// <param name="Flipped">It passed before and fails now, or the other way round.</param>
/// <param name="IsBeyondNoise">Further apart than repeats lie from each other.</param>
public sealed record PromptView(
    string Text,
    double Before,
    double After,
    double Gain,
    bool Flipped,
    bool IsBeyondNoise,
    double WasAt,
    double IsAt
)
{
    public static IReadOnlyList<LegendKey> Legend { get; } = [new("before", "was", LegendShape.Dot), new("after", "is", LegendShape.Dot)];

    public bool NowPasses => Flipped && Gain > 0;

    /// <summary>good, bad, or null where the difference may be chance.</summary>
    public string? Tone =>
        !IsBeyondNoise || Gain == 0 ? null
        : Gain > 0 ? "good"
        : "bad";

    /// <summary>Those that flipped first, the others as they were asked.</summary>
    public static IReadOnlyList<PromptView> Of(TrainingReport report)
    {
        var isLoss = report.IsByLoss;
        var means = report.Questions.Select(q => (Question: q, Before: q.Before.Average(), After: q.After.Average())).ToList();
        var (low, high) = isLoss ? (0, Math.Max(1e-9, means.Max(m => Math.Max(m.Before, m.After)))) : (0, 100);
        return
        [
            .. means
                .Select(m => new PromptView(
                    m.Question.Text,
                    m.Before,
                    m.After,
                    isLoss ? m.Before - m.After : m.After - m.Before,
                    m.Question.Flipped,
                    !isLoss && IsApart(m.Question.Before, m.Question.After),
                    Share(m.Before),
                    Share(m.After)
                ))
                .OrderByDescending(prompt => prompt.Flipped),
        ];

        double Share(double value) => Math.Clamp((value - low) / (high - low), 0, 1);
    }

    /// <summary>Each was asked again, and no answer of the one side lies among those of the other.</summary>
    private static bool IsApart(IReadOnlyList<double> before, IReadOnlyList<double> after) =>
        before.Count > 1 && after.Count > 1 && (after.Min() > before.Max() || after.Max() < before.Min());

    /// <summary>In the drawing that is 200 wide.</summary>
    public static string X(double share) => (6 + (188 * share)).ToString("0.#", CultureInfo.InvariantCulture);
}
