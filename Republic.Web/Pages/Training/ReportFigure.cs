using System.Globalization;
using Republic.Core.Training;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training;

/// <summary>One figure of a report, before and after.</summary>
/// <param name="Before">In words; why there is none where there is none.</param>
/// <param name="Tone">good, bad, or null for neither.</param>
public sealed record ReportFigure(string Name, string Before, string After, string Change, string? Tone)
{
    private const string Nothing = "–";

    public bool IsMeasured => Change != Nothing || Before != After;

    public static IReadOnlyList<ReportFigure> Of(TrainingReport report) =>
        [
            Of("Quality, of 100", report.BeforeQuality, report.AfterQuality, "0.0", "not graded", isLessBetter: false),
            Of("Traits shown, of 100", report.BeforeTraitScore, report.AfterTraitScore, "0.0", "no traits", isLessBetter: false),
            Of("Seconds to an answer", report.BeforeSpeed, report.AfterSpeed, "0.00", "not measured", isLessBetter: true),
            Of(
                "Held-out loss, nats per token",
                report.ValidationLossBefore,
                report.ValidationLossAfter,
                "0.00",
                "no weights trained",
                true
            ),
            Of("Held-out perplexity", report.PerplexityBefore, report.PerplexityAfter, "#,0.0", "no weights trained", true),
            Of("General loss, nats per token", report.GeneralLossBefore, report.GeneralLossAfter, "0.00", "not measured", true),
        ];

    private static ReportFigure Of(string name, double? before, double? after, string format, string without, bool isLessBetter)
    {
        if (before is not { } was || after is not { } now || !double.IsFinite(was) || !double.IsFinite(now))
        {
            return new(name, without, without, Nothing, null);
        }

        var gain = isLessBetter ? was - now : now - was;
        return new(
            name,
            Text(was),
            Text(now),
            Percent(was, now),
            gain == 0 ? null
                : gain > 0 ? "good"
                : "bad"
        );

        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Percent(double was, double now)
    {
        if (was == now)
        {
            return "0 %";
        }

        if (was == 0)
        {
            return Nothing;
        }

        var percent = 100 * (now - was) / Math.Abs(was);
        // What is not all of it is not rounded to all of it.
        percent = percent is < -99 and > -100 ? Math.Max(percent, -99.9) : percent;
        var text = Math.Abs(percent).ToString(Math.Abs(percent) is < 10 or (> 99 and < 100) ? "0.0" : "#,0", CultureInfo.InvariantCulture);
        return percent < 0 ? $"−{text} %" : $"+{text} %";
    }
}
