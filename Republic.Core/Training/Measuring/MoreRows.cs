using System.Globalization;
using Republic.Core.Datasets.Splitting;
using Republic.Core.Lora;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training.Measuring;

/// <summary>
/// About how many rows would have to be added before a verdict could be reached. The interval narrows with the root of the number of
/// groups; a share of the rows that somebody chose to hold out, and how many of those are alike, are taken to stay as they are.
/// </summary>
internal static class MoreRows
{
    /// <summary>A gain that needs more than so many times the fewest groups is too small to promise anything of.</summary>
    private const int MostTimes = 5;

    public static string Advice(TrainingReport report, RefinedData data)
    {
        var groups = report.Groups ?? report.Questions.Count;
        if (data.Rows == 0 || groups == 0)
        {
            return $"A dataset also supplies rows to measure with; {LoraSettings.RecommendedRows} are recommended.";
        }

        var needed = GroupsNeeded(report, groups);
        var promises = needed <= MostTimes * GateComparison.FewestGroups;
        needed = promises ? needed : GateComparison.FewestGroups;
        var more =
            groups == data.HeldOutGroups && data.HasUsualShare
                ? MoreOfUsualShare(needed, data)
                : Rounded(((double)data.Rows * needed / groups) - data.Rows);
        var rows = $"{more.ToString("N0", CultureInfo.InvariantCulture)} more rows{(IsAlike(data) ? " that differ from these" : "")}";
        return promises && report.GainOfPrompts > 0
            ? $"With about {rows} the same gain could be told from chance."
            : $"With about {rows} there would be enough to measure with.";
    }

    /// <summary>As the dataset's page and the log say it where only the fewest groups are missing.</summary>
    private static int MoreOfUsualShare(double needed, RefinedData data)
    {
        var groups = HeldOutShare.Missing(data.Groups, (int)needed);
        var rows = IsAlike(data) ? groups : (int)Math.Ceiling((double)groups * data.Rows / data.Groups);
        return needed > GateComparison.FewestGroups ? Rounded(rows) : rows;
    }

    private static double GroupsNeeded(TrainingReport report, int groups) =>
        report is { Interval: { Low: <= 0 } interval, GainOfPrompts: > 0 and var gain }
            ? Math.Max(GateComparison.FewestGroups, Math.Ceiling(groups * Math.Pow((gain - interval.Low) / gain, 2)))
            : GateComparison.FewestGroups;

    /// <summary>Most rows that were held out say what another says.</summary>
    private static bool IsAlike(RefinedData data) => data.HeldOutGroups > 0 && 2 * data.HeldOutGroups < data.Validation;

    private static int Rounded(double rows) => Math.Max(10, (int)Math.Ceiling(rows / 10) * 10);
}
