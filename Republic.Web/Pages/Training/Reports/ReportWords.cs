using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Training.Reports;

/// <summary>What a report says beside its verdict, in words.</summary>
internal static class ReportWords
{
    /// <summary>good, bad, or null for neither.</summary>
    public static string? Tone(GateVerdict? verdict) =>
        verdict switch
        {
            GateVerdict.Better => "good",
            GateVerdict.Worse or GateVerdict.Forgot => "bad",
            _ => null,
        };

    /// <summary>A warning's first sentence, and what follows it.</summary>
    public static (string Fact, string Meaning) Parts(string warning) =>
        warning.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? (warning[..(end + 1)], warning[(end + 1)..]) : (warning, "");

    /// <summary>What the prompts that were held out are to the run.</summary>
    public static string HeldOut(TrainingReport report) =>
        !report.Collections.Any(collection => collection.Built) ? "rows that nothing was learned from"
        : report.Adapter is null ? "rows that are in the collection too, so their answers can be found there"
        : "rows that the weights did not learn from, but that are in the collection too";

    /// <summary>Below the interval: its unit, what it rests on, and how it was found.</summary>
    public static string Method(TrainingReport report)
    {
        var isLoss = report.IsByLoss;
        var (asked, what) = (report.Questions.Count, isLoss ? "row" : "prompt");
        var groups = report.Groups is { } different && different < asked ? $" in {different} group{(different == 1 ? "" : "s")}" : "";
        var basis = $"{(isLoss ? "Nats a token" : "Points")}, {asked} {what}{(asked == 1 ? "" : "s")}{groups}";
        return report.Verdict switch
        {
            GateVerdict.TooFew => $"{basis}. A verdict needs {GateComparison.FewestGroups} different groups.",
            GateVerdict.NoChange when report.IgnoresQuestions => $"{basis}. Coming closer without telling questions apart is not better.",
            GateVerdict.Forgot when report.Interval is { Low: > 0 } =>
                $"{basis}. {(isLoss ? "Closer" : "Better graded")} does not count where this much is lost.",
            _ => $"{basis}{(report.SelfGraded ? ", graded by the minion itself" : "")}, sign-flip test, 2.5 % at either end.",
        };
    }

    /// <summary>The comparison that answers before and after were held to.</summary>
    public static string Compared(Retention kept) =>
        kept switch
        {
            { KeptByWords: null } => "by their words alone",
            { InOtherWords: 0 } => "by their words, and by meaning where words differ: none is kept by it",
            _ =>
                $"by their words, and by meaning where words differ: {kept.InOtherWords} kept by it, and {kept.KeptByWords} by their words alone",
        };

    /// <summary>Below the figure of the gain: whether it is one.</summary>
    public static string Gained(TrainingReport report)
    {
        if (report.Interval is null)
        {
            return report.Groups is > 0 ? "Too few rows were left to measure with." : "Nothing could be measured.";
        }

        var asked = VerdictWords.Measured(report, report.Questions.Count);
        return (ReportCheck.ToneOf(report), report.IsByLoss) switch
        {
            _ when report.HasTooFew => $"{asked} are too few to tell it from chance.",
            ("good", true) => $"It writes more like your rows: measured on {asked} it never saw, in nats a token.",
            ("good", _) => $"Its answers are better than before, by more than chance, in points on {asked}.",
            ("bad", true) => $"It writes less like your rows: measured on {asked} it never saw, in nats a token.",
            ("bad", _) => $"Its answers are worse than before, by more than chance, in points on {asked}.",
            _ => $"On {asked} no difference can be told from chance.",
        };
    }

    /// <summary>Below the figure of what was kept.</summary>
    public static string Keeping(Retention kept)
    {
        var missing = kept.Needed - kept.KeptAsJudged;
        var needed =
            missing > 0 ? $"{kept.Needed} are needed: {missing} more."
            : kept.Of == kept.KeptAsJudged ? "Nothing was lost."
            : $"{kept.Needed} are needed.";
        var seats =
            kept.KeptAsJudged > kept.Kept ? " Outlined: as good, by somebody’s word."
            : missing > 0 ? " Red seats are answers lost."
            : "";
        var asked = kept.OutOf is { } all ? $" Asked until that was clear, and not all {all} questions." : "";
        var aside =
            kept.SetAside.Count > 0
                ? $" {Figures.Count(kept.SetAside.Count, "question")} that your rows answer {(kept.SetAside.Count == 1 ? "was" : "were")} set aside."
                : "";
        return $"{needed}{seats}{asked}{aside}";
    }

    /// <summary>Below the heading: the first sentence of the conclusion, and what became of the version since.</summary>
    public static string Lead(TrainingReport report)
    {
        if (report.IsHeldByJudging)
        {
            var kept = report.Retention!;
            return $"{kept.KeptAsJudged} of {kept.Of} kept, {kept.Needed} needed. {Standing(report)}";
        }

        var (first, rest) = Parts(report.Conclusion);
        return report.IsLive != report.Promoted && LastSentence(rest) is { Length: > 0 } last ? $"{first} {last}" : first;
    }

    /// <summary>Beside the buttons: what they do, or what else to do.</summary>
    /// <param name="lost">Answers that training again would keep.</param>
    public static string Next(TrainingReport report, int lost)
    {
        if (report.MayGoLive)
        {
            var (worse, unmarked) = (
                report.Retention!.Lost.Count(one => one.Mark is { IsAsGood: false }),
                report.Retention.Lost.Count(one => one.Mark is null)
            );
            return $"{(worse == 0 ? "None" : Figures.Count(worse))} judged worse, {Figures.Count(unmarked)} not judged.";
        }

        var chats = lost < report.Retention?.Lost.Count - report.Retention?.AsGood ? " Questions of your chats are not learned." : "";
        return lost > 0
                ? $"Learns {(lost == 1 ? "that answer" : $"those {lost} answers")} from before beside your rows, and measures with another set of questions.{chats} About {Figures.Clock(report.DurationSeconds)} on this machine."
            : report.Verdict == GateVerdict.TooFew || report.IgnoresQuestions ? LastSentence(report.Conclusion)
            : "";
    }

    /// <summary>Above the lost answers: how many are judged, and what follows.</summary>
    public static string Tally(TrainingReport report)
    {
        var kept = report.Retention!;
        var marked = kept.Lost.Count(lost => lost.Mark is not null);
        var judged =
            marked == 0 ? "None judged"
            : kept.AsGood == 0 ? $"{marked} judged, none as good"
            : $"{kept.AsGood} as good";
        var outcome =
            report.MayGoLive ? ": it may go live"
            : kept.FallsApart ? $", and {kept.Degenerate} {VerdictWords.Degenerate(kept.Degenerate)}"
            : "";
        return $"{judged}: {kept.KeptAsJudged} of {kept.Of} kept, {kept.Needed} needed{outcome}";
    }

    /// <summary>What is behind <em>Why</em>.</summary>
    public static string Why(TrainingReport report) =>
        $"{(report.Warnings.Count > 0 ? $"{Figures.Count(report.Warnings.Count, "warning")}, " : "")}what was measured and how, answers, settings, steps and log";

    private static string Standing(TrainingReport report) =>
        report.Promoted ? "The run made it live, as it was to whatever was found."
        : report.IsLive ? "It was made live by hand, and earned nothing."
        : "Nothing goes live until you say so.";

    private static string LastSentence(string text)
    {
        var end = text.TrimEnd().LastIndexOf(". ", StringComparison.Ordinal);
        return text[(end < 0 ? 0 : end + 2)..].Trim();
    }
}
