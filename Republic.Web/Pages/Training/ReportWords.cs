using System.Globalization;
using Republic.Core.Training;
using Republic.Core.Training.Gate;

namespace Republic.Web.Pages.Training;

/// <summary>What a report says, in words.</summary>
internal static class ReportWords
{
    public static string Short(GateVerdict verdict) =>
        verdict switch
        {
            GateVerdict.Better => "Better",
            GateVerdict.Worse => "Worse",
            GateVerdict.NoChange => "No difference beyond chance",
            GateVerdict.TooFew => "Too few prompts to tell",
            _ => "Not graded",
        };

    public static string Heading(TrainingReport report) =>
        (report.Verdict, report.Promoted) switch
        {
            (GateVerdict.Better, true) => $"Better, and live as version {report.Version}",
            (GateVerdict.Better, false) when report.Forgets => "Better at this, but it forgot other things",
            (_, true) => $"{Short(report.Verdict)}, and live as version {report.Version}",
            _ => $"{Short(report.Verdict)}; version {report.Version} is a draft",
        };

    /// <summary>good, bad, or null for neither.</summary>
    public static string? Tone(TrainingReport report) =>
        report.Forgets || report.Verdict == GateVerdict.Worse ? "bad"
        : report.Verdict == GateVerdict.Better ? "good"
        : null;

    /// <summary>What was measured, and how sure that is.</summary>
    public static string Measured(TrainingReport report)
    {
        if (report.Interval is not { } interval || GainOf(report) is not { } gain)
        {
            return "Nothing could grade the answers, and no weights were trained whose loss could be measured instead.";
        }

        var amount = Math.Abs(gain).ToString("0.0#", CultureInfo.InvariantCulture);
        var what =
            interval.Unit == "nats"
                ? $"On rows it never saw the loss {(gain < 0 ? "rose" : "fell")} by {amount} nats per token."
                : $"The score {(gain < 0 ? "fell" : "rose")} by {amount} of 100 points.";
        var sure =
            interval is { Low: <= 0, High: >= 0 } ? "The interval holds “no change”: this may be chance."
            : report.Verdict == GateVerdict.TooFew ? "The interval leaves out “no change”, but rests on few prompts."
            : "The interval leaves out “no change”: chance does not explain it.";
        return $"{what} {sure}";
    }

    /// <summary>Who was to grade and did not; null where nobody was passed over, or the conclusion says so itself.</summary>
    public static string? PassedOver(TrainingReport report) =>
        report is { JudgesPassedOver: { Count: > 0 } judges, GradedBy: not "none" }
            ? $"{string.Join(" and ", judges)} could not be reached to grade{(report.GradedBy == "judge" ? ", so the next one did" : "")}. The log says why."
            : null;

    /// <summary>What the figures do not tell; null where they stand for themselves.</summary>
    public static string? Caution(TrainingReport report) =>
        report.GradedBy switch
        {
            "held_out_loss" when report.Collections.Count > 0 || report.Adapter is { IsStyle: true } =>
                "The loss tells of the trained weights alone. What whole answers gain was not graded.",
            "judge" when report.Collections.Any(collection => collection.Built) =>
                "The collection was built of all rows, also of those that are asked here: this tells whether answers are found and used, not how other questions would fare.",
            _ => null,
        };

    /// <summary>What the prompts that were held out are to the run.</summary>
    public static string HeldOut(TrainingReport report) =>
        !report.Collections.Any(collection => collection.Built) ? "rows that nothing was learned from"
        : report.Adapter is null ? "rows that are in the collection too, so their answers can be found there"
        : "rows that the weights did not learn from, but that are in the collection too";

    /// <summary>The mean over the prompts, up is better; null where there are none.</summary>
    public static double? GainOf(TrainingReport report)
    {
        var sign = report.Interval?.Unit == "nats" ? -1 : 1;
        return report.Questions.Count == 0 ? null : report.Questions.Average(q => sign * (q.After.Average() - q.Before.Average()));
    }

    public static string Method(TrainingReport report) =>
        report.GradedBy switch
        {
            "judge" => $"{report.Questions.Count} prompts, before and after graded in pairs"
                + (report.SelfGraded ? ", by the minion itself" : "")
                + "; sign-flip test, 2.5 % at either end.",
            "held_out_loss" =>
                $"{report.Questions.Count} prompts held out, before and after in pairs; sign-flip test, 2.5 % at either end.",
            _ => "",
        };
}
