using System.Globalization;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;

namespace Republic.Web.Pages.Training.Reports;

/// <summary>The third figure of a report: the manner that the rows teach, else what a judge said, else whether the answers are sound.</summary>
/// <param name="Unit">Behind the value, smaller; null for nothing.</param>
/// <param name="Tone">good, bad, or null for neither.</param>
public sealed record QualityFigure(string Name, string Value, string? Unit, string Meaning, string? Tone)
{
    private const string None = "–";

    public static QualityFigure Of(TrainingReport report) =>
        report switch
        {
            { Retention.Manner: { } manner } => new(
                "In the manner of your rows",
                $"{manner.After}",
                $"of {manner.Of}",
                $"“{manner.Text}” in answers to other questions. Before: {manner.Before}.",
                manner.IsCarried ? "good" : null
            ),
            { BeforeQuality: { } before, AfterQuality: { } after } => new(
                "Quality of its answers",
                Points(after),
                "of 100",
                $"Graded by {(report.SelfGraded ? "the minion itself" : "a judge")}. Before: {Points(before)}.",
                ReportCheck.ToneOf(report)
            ),
            { Retention: { } kept } => new(
                "Sound answers",
                $"{kept.Of - kept.Degenerate}",
                $"of {kept.Of}",
                kept.Degenerate == 0
                    ? "None loops, is empty or turns to nonsense."
                    : $"{kept.Degenerate} {VerdictWords.Degenerate(kept.Degenerate)}.",
                kept.FallsApart ? "bad" : null
            ),
            { BeforeTraitScore: { } before, AfterTraitScore: { } after } => new(
                "Traits shown",
                Points(after),
                "of 100",
                $"Before: {Points(before)}.",
                null
            ),
            _ => new("Quality of its answers", None, null, "No judge graded them.", null),
        };

    private static string Points(double points) => points.ToString("0.0", CultureInfo.InvariantCulture);
}
