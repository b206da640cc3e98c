using System.Globalization;
using Republic.Core.Training.Reports;

namespace Republic.Web.Pages.Training.Reports;

/// <summary>One figure of a report, before and after, and how far it moves by chance.</summary>
/// <param name="Before">In words; why there is none where there is none.</param>
/// <param name="Noise">Empty where it was not measured.</param>
/// <param name="Tone">good or bad where the change is beyond its noise, else null.</param>
public sealed record ReportFigure(string Name, string Before, string After, string Change, string Noise, string? Tone)
{
    private const string Nothing = "–";

    public bool IsMeasured => Change != Nothing || Before != After;

    public static IReadOnlyList<ReportFigure> Of(TrainingReport report)
    {
        // Where losses decide, the interval says what is beyond chance.
        var (isLoss, interval) = (report.IsByLoss, report.Interval);
        var why = report.Retention is null ? "no weights trained" : "no rows held out";
        var half = interval is null ? (double?)null : (interval.High - interval.Low) / 2;
        var lossFigure = Of(
            "Held-out loss, nats a token",
            report.ValidationLossBefore,
            report.ValidationLossAfter,
            "0.00",
            why,
            isLoss ? half : null,
            isLessBetter: true
        );
        lossFigure = lossFigure with { Tone = isLoss ? ReportCheck.ToneOf(report) : lossFigure.Tone };
        return
        [
            lossFigure,
            Of("Held-out perplexity", report.PerplexityBefore, report.PerplexityAfter, "#,0.0", why, null, true) with
            {
                Tone = lossFigure.Tone,
            },
            Of("Seconds to an answer", report.BeforeSpeed, report.AfterSpeed, "0.00", "not measured", report.Noise?.Speed, true),
            Neutral(Of("Words in an answer", report.BeforeWords, report.AfterWords, "0", "not counted", report.Noise?.Words, true)),
            Of("Traits shown, of 100", report.BeforeTraitScore, report.AfterTraitScore, "0.0", "no traits", report.Noise?.Traits, false),
            Of(
                "Quality, of 100",
                report.BeforeQuality,
                report.AfterQuality,
                "0.0",
                "no judge graded them, and so no score is shown anywhere",
                isLoss ? null : half,
                isLessBetter: false
            ) with
            {
                Tone = isLoss || report.BeforeQuality is null ? null : ReportCheck.ToneOf(report),
            },
        ];
    }

    private static ReportFigure Of(
        string name,
        double? before,
        double? after,
        string format,
        string without,
        double? noise,
        bool isLessBetter
    )
    {
        if (before is not { } was || after is not { } now || !double.IsFinite(was) || !double.IsFinite(now))
        {
            return new(name, without, without, Nothing, "", null);
        }

        var gain = isLessBetter ? was - now : now - was;
        return new(
            name,
            Text(was),
            Text(now),
            Math.Sign(now - was) switch
            {
                _ when Text(was) == Text(now) => "0",
                < 0 => $"−{Text(was - now)}",
                _ => $"+{Text(now - was)}",
            },
            noise is { } spread ? $"± {Text(spread)}" : "",
            noise is not { } most || Math.Abs(gain) <= most ? null
                : gain > 0 ? "good"
                : "bad"
        );

        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>More of it is neither better nor worse.</summary>
    private static ReportFigure Neutral(ReportFigure figure) => figure with { Tone = null };
}
