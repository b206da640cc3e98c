using System.Globalization;
using Republic.Core.Training.Gate;

namespace Republic.Core.Training.Reports;

/// <summary>A report's verdict in plain words, the same wherever it is told: pages, messages, comparisons and the command line.</summary>
public static class VerdictWords
{
    private const int NamedJudges = 2;

    /// <summary>A word or two, for a row.</summary>
    public static string Short(GateVerdict verdict) =>
        verdict switch
        {
            GateVerdict.Better => "Better",
            GateVerdict.Worse => "Worse",
            GateVerdict.NoChange => "No difference beyond chance",
            GateVerdict.Forgot => "Forgot",
            GateVerdict.TooFew => "Too few to tell",
            _ => "Not measured",
        };

    /// <inheritdoc cref="Short(GateVerdict)"/>
    public static string Short(TrainingReport report) => Short(report.Verdict, report.IsHeldByJudging ? report.JudgedVerdict : null);

    /// <param name="judged">The verdict where somebody judged what the measure called lost; else null.</param>
    public static string Short(GateVerdict verdict, GateVerdict? judged) =>
        judged is { } other && other != verdict ? $"{Short(other)}, as judged" : Short(verdict);

    /// <summary>The present state of the report's version, after "version 5 is": live, no longer live, or a draft.</summary>
    public static string Standing(TrainingReport report) => Standing(report.IsLive, report.Promoted);

    /// <param name="promoted">By the run that made it.</param>
    public static string Standing(bool isLive, bool promoted) =>
        isLive ? "live"
        : promoted ? "no longer live"
        : "a draft";

    /// <summary>One line that stands for itself: by how much it changed and what was kept, or why that cannot be told.</summary>
    public static string Heading(TrainingReport report) =>
        report.Verdict switch
        {
            GateVerdict.Forgot when report.MayGoLive => $"It may go live: {AsGood(report)}",
            GateVerdict.Forgot when report is { IsHeldByJudging: true, JudgedVerdict: GateVerdict.Better } =>
                $"{(report.IsLive ? "Live" : "No longer live")}: {AsGood(report)}",
            GateVerdict.Forgot when report.IsHeldByJudging => $"{Short(report)}: {AsGood(report)}",
            GateVerdict.Forgot =>
                $"{(report.IsLive ? "Live all the same" : report.Promoted ? "Made live all the same" : "Not made live")}: {Forgot(report.Retention)}",
            GateVerdict.TooFew => $"Too few to tell: {Left(report)}",
            GateVerdict.NotGraded => $"Not measured: nothing could tell whether it is better{Kept(report.Retention)}",
            _ when report.IgnoresQuestions => $"No better: what it learned does not depend on what is asked{Kept(report.Retention)}",
            GateVerdict.Better when report.LearnedNoContent => $"Took on the manner of your rows{Kept(report.Retention)}",
            _ => $"{Difference(report)}{Kept(report.Retention)}",
        };

    /// <summary>The amount without its sign and with the digits of its unit: "0.41", "11.4 of 100 points".</summary>
    public static string Amount(double difference, string unit)
    {
        var nats = unit == TrainingReport.Nats;
        var text = Math.Abs(difference).ToString(nats ? "0.00" : "0.0", CultureInfo.InvariantCulture);
        return nats ? text : $"{text} of 100 points";
    }

    /// <summary>The sentence that says that it is live since answers were judged.</summary>
    public static string Judged(TrainingReport report) => $"It was made live by hand since: {AsGood(report)}.";

    /// <summary>"you found 6 of the 28 lost answers as good".</summary>
    private static string AsGood(TrainingReport report)
    {
        var lost = report.Retention!.Lost;
        var judges = lost.Where(one => one.IsAsGood()).Select(one => one.Mark!.Judge ?? "you").Distinct(StringComparer.Ordinal).ToList();
        return $"{Names(judges)} found {report.Retention.AsGood} of the {lost.Count} lost answers as good";
    }

    /// <summary>"29 of 60 answers" and what became of them.</summary>
    internal static string Forgot(Retention? retention) =>
        retention is not { } kept ? "it forgot what it could do before"
        : kept.KeptAsJudged < kept.Needed ? $"it forgot {kept.Of - kept.KeptAsJudged} of {kept.Of} answers"
        : $"{kept.Degenerate} of {kept.Of} answers {Degenerate(kept.Degenerate)}";

    public static string Degenerate(int answers) =>
        answers == 1 ? "loops, is empty or turns to nonsense" : "loop, are empty or turn to nonsense";

    /// <summary>Rows where losses were measured, prompts where a judge graded.</summary>
    public static string Measured(TrainingReport report, int count) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(report.IsByLoss ? "row" : "prompt")}{(count == 1 ? "" : "s")}";

    /// <summary>"Ada, Ben and 14 others": there can be many judges, and several of one name.</summary>
    internal static string Names(IReadOnlyList<string> judges)
    {
        var named = judges.Distinct().Take(NamedJudges).ToList();
        if (judges.Count - named.Count is > 0 and var others)
        {
            named.Add(others == 1 ? "1 other" : $"{others} others");
        }

        return named.Count == 1 ? named[0] : $"{string.Join(", ", named.SkipLast(1))} and {named[^1]}";
    }

    private static string Difference(TrainingReport report)
    {
        if (report.Verdict == GateVerdict.NoChange || report.GainOfPrompts is not { } gain)
        {
            return Short(report.Verdict);
        }

        var way = (report.IsByLoss, report.Verdict) switch
        {
            (true, GateVerdict.Better) => "Closer to your rows",
            (true, _) => "Further from your rows",
            (_, var verdict) => Short(verdict),
        };
        return $"{way} by {Amount(gain, report.Unit)}";
    }

    private static string Kept(Retention? retention) => retention is { } kept ? $"; kept {kept.Kept} of {kept.Of} answers" : "";

    private static string Left(TrainingReport report)
    {
        var (asked, groups) = (report.Questions.Count, report.Groups);
        return asked >= GateComparison.FewestGroups && groups is { } different
            ? $"the {Measured(report, asked)} to measure with are only {different} group{(different == 1 ? "" : "s")} that differ"
            : $"{Measured(report, asked)} {(asked == 1 ? "was" : "were")} left to measure with";
    }
}
