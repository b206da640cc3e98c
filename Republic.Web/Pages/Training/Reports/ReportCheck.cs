using System.Globalization;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;
using Republic.Web.Pages.Shared;
using Republic.Web.Pages.Training.Charts;

namespace Republic.Web.Pages.Training.Reports;

/// <summary>One of the things a verdict rests on: whether it holds, and by what figure.</summary>
/// <param name="Tone">good or bad where a difference is beyond its noise, none where it is not or was not measured.</param>
public sealed record ReportCheck(string Name, string Meaning, string Value, string Tone)
{
    private const string None = "none";

    public string Icon =>
        Tone switch
        {
            "good" => "check_circle",
            "bad" => "cancel",
            _ => "do_not_disturb_on",
        };

    /// <param name="judge">The name of the minion that graded.</param>
    public static IReadOnlyList<ReportCheck> Of(TrainingReport report, string? judge) =>
        [
            Chance(report),
            .. report.QuestionEffect is { } effect ? new[] { Related(report, effect) } : [],
            .. report.Retention?.Manner is { } manner ? new[] { Carried(report, manner) } : [],
            Kept(report.Retention),
            Whole(report.Retention),
            Quality(report, judge),
        ];

    private static ReportCheck Chance(TrainingReport report)
    {
        var isLoss = report.IsByLoss;
        var name = isLoss ? "Closer by more than chance" : "Better by more than chance";
        if (report.Interval is not { } interval)
        {
            return report.Groups is > 0 and var few
                ? new(name, $"no interval can be given for {Figures.Count(few, "group")}", "too few", None)
                : new(name, "nothing could be measured", "not measured", None);
        }

        var asked = Figures.Count(report.Questions.Count, isLoss ? "row" : "prompt");
        var meaning =
            report.HasTooFew ? $"not with {asked}: {GateComparison.FewestGroups} groups are needed"
            : report.Groups is { } groups ? $"{asked}, {Figures.Count(groups, "group")}"
            : asked;
        return new(name, meaning, $"{IntervalChart.Signed(interval.Low)} to {IntervalChart.Signed(interval.High)}", ToneOf(report) ?? None);
    }

    /// <summary>Of the difference that decided: null where it is within its noise, or rests on too little.</summary>
    internal static string? ToneOf(TrainingReport report) =>
        report.HasTooFew || report.Interval is not { } interval ? null
        : interval.Low > 0 ? "good"
        : interval.High < 0 ? "bad"
        : null;

    private static ReportCheck Related(TrainingReport report, TrainingReport.MeasuredInterval effect) =>
        new(
            "Answers depend on their questions",
            "each against another row's question",
            $"{IntervalChart.Signed(effect.Low)} to {IntervalChart.Signed(effect.High)}",
            report.HasTooFew ? None
                : effect.Low > 0 ? "good"
                : effect.High < 0 ? "bad"
                : None
        );

    private static ReportCheck Carried(TrainingReport report, Manner manner) =>
        new(
            "Answers in the manner of your rows",
            manner.Before == 0 ? $"“{manner.Text}”, in none before" : $"“{manner.Text}”, in {manner.Before} before",
            $"{manner.After} of {manner.Of}",
            manner.IsCarried ? "good" : None
        );

    private static ReportCheck Kept(Retention? retention) =>
        retention is not { } kept ? new("Kept what it could do", "no weights were trained", "not measured", None)
        : kept.Kept < kept.Needed
            ? new("Kept what it could do", $"at least {kept.Needed} of {kept.Of} needed", $"{kept.Kept} of {kept.Of}", "bad")
        : new(
            "Kept what it could do",
            kept.LostNothing ? "nothing was lost"
                : kept.Of - kept.Kept <= kept.Noise ? "no difference beyond noise"
                : $"down to {kept.Needed} is within the limit",
            $"{kept.Kept} of {kept.Of}",
            None
        );

    private static ReportCheck Whole(Retention? retention) =>
        retention is { } kept
            ? new(
                "No answer loops, is empty or turns to nonsense",
                $"the likeliest answer to each of {Figures.Count(kept.Of, "question")}, and every try at a lost one",
                Figures.Count(kept.Degenerate),
                kept.FallsApart ? "bad"
                    : kept.Degenerate == 0 ? "good"
                    : None
            )
            : new("No answer loops, is empty or turns to nonsense", "no weights were trained", "not measured", None);

    private static ReportCheck Quality(TrainingReport report, string? judge)
    {
        const string Called = "Quality of the answers";
        if (report is not { GradedBy: "judge", BeforeQuality: { } before, AfterQuality: { } after })
        {
            return new(Called, report.JudgesPassedOver.Count > 0 ? "no judge could grade" : "nobody graded them", "no judge", None);
        }

        string Points(double points) => points.ToString("0.0", CultureInfo.InvariantCulture);
        return new(
            Called,
            report.SelfGraded ? "graded by the minion itself" : $"graded by {judge ?? "another model"}",
            $"{Points(before)} → {Points(after)}",
            ToneOf(report) ?? None
        );
    }
}
