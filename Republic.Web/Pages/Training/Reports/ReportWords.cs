using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;

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
            _ => $"by their words, and by meaning where words differ: {kept.InOtherWords} kept by it",
        };

    /// <summary>Below the figure of what was kept.</summary>
    public static string Keeping(Retention kept) =>
        kept.KeptByWords is { } byWords && byWords != kept.Kept ? $"{Chance(kept)} By their words alone {byWords} are kept." : Chance(kept);

    private static string Chance(Retention kept)
    {
        var range =
            $"Asked again, the version before keeps {(kept.Noise == 0 ? $"all {kept.Of}" : $"at least {kept.Of - kept.Noise} of {kept.Of}")}";
        var lost = kept.Of - kept.Kept;
        return lost == 0 ? $"{range}."
            : lost <= kept.Noise && kept.Kept >= kept.Needed ? $"{range}, so {kept.Kept} is within noise."
            : $"{range}. At least {kept.Needed} are needed.";
    }
}
