using Republic.Core.Training.Configuration;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Web.Pages.Charts;
using Republic.Web.Pages.Training.Charts;

namespace Republic.Web.Pages.Training.Reports;

/// <summary>Runs laid side by side.</summary>
public sealed record CompareView(IReadOnlyList<TrainingCard> Runs, IReadOnlyList<LossCurve> Curves)
{
    /// <summary>What each setting is in each run, where it is not the same in all of them.</summary>
    public IReadOnlyList<CompareRow> Differences
    {
        get
        {
            var all = Runs.Select(run => RunSetting.Of(run).Prepend(RunSetting.Data(run)).ToDictionary(s => s.Label, s => s.Value))
                .ToList();
            return Rows(all.SelectMany(settings => settings.Keys).Distinct(), (run, label) => all[run].GetValueOrDefault(label, "–"))
                .Where(row => row.Values.Distinct().Count() > 1)
                .ToList();
        }
    }

    /// <summary>What came of each.</summary>
    public IReadOnlyList<CompareRow> Outcomes
    {
        get
        {
            var all = Runs.Select(run => Figures(run).ToDictionary(f => f.Label, f => f.Value)).ToList();
            return [.. Rows(all.SelectMany(figures => figures.Keys).Distinct(), (run, label) => all[run].GetValueOrDefault(label, "–"))];
        }
    }

    /// <summary>Said where the totals of what was kept differ; null elsewhere.</summary>
    public string? OutcomesNote =>
        Runs.Select(run => run.Report?.Retention?.Of).OfType<int>().Distinct().Count() > 1
            ? "Each run is measured on answers of the version that it began from, so their numbers can differ."
            : null;

    /// <summary>Training and validation; none where none of the runs trained weights.</summary>
    public IEnumerable<ComparedLosses> Losses =>
        new[]
        {
            Compared("training", "Training loss by step, smoothed, in nats per token", curve => curve.Smoothed),
            Compared(
                "validation",
                "Validation loss by step, each run on the rows it held out, in nats per token",
                curve => curve.Validation
            ),
        }.OfType<ComparedLosses>();

    /// <summary>What a run is called in tables and at its line.</summary>
    public static string Letter(int run) => ((char)('A' + run)).ToString();

    private ComparedLosses? Compared(string name, string finding, Func<LossCurve, IReadOnlyList<ChartPoint>> points)
    {
        var lines = Curves.Select((curve, i) => new ChartLine(Letter(i), i, points(curve))).Where(line => line.Points.Count > 0).ToList();
        return lines.Count == 0
            ? null
            : new(
                name,
                new LineChart(finding, lines, lines.Max(line => line.Points[^1].X)) { Along = "step" },
                [.. lines.Select(line => $"{line.Name}: {Runs[line.Series].JobName}")]
            );
    }

    private IEnumerable<CompareRow> Rows(IEnumerable<string> labels, Func<int, string, string> value) =>
        labels.Select(label => new CompareRow(label, [.. Enumerable.Range(0, Runs.Count).Select(run => value(run, label))]));

    private static IEnumerable<RunSetting> Figures(TrainingCard run)
    {
        if (run.Report is not { } report)
        {
            yield return new("Verdict", run.IsActive ? "still at work" : "no report");
            yield break;
        }

        yield return new("Verdict", VerdictWords.Heading(report));
        yield return new(
            "Gain",
            report.GainOfPrompts is not { } gain ? "not measured"
                : report.Interval is { } interval
                    ? $"{IntervalChart.Signed(gain)} {report.Unit} ({IntervalChart.Signed(interval.Low)} to {IntervalChart.Signed(interval.High)})"
                : $"{IntervalChart.Signed(gain)} {report.Unit}"
        );
        yield return new(
            "Kept",
            report.Retention is { } kept
                ? $"{kept.Kept} of {kept.Of} answers, {Shared.Figures.Share(kept.Kept, kept.Of)}"
                : "no weights trained"
        );
        foreach (var figure in ReportFigure.Of(report))
        {
            yield return new(figure.Name, figure.Before == figure.After ? figure.After : $"{figure.Before} → {figure.After}");
        }

        yield return new("XP", $"+{Shared.Figures.Xp(report.XpGained)}");
        yield return new("Version", $"{report.Version}, {VerdictWords.Standing(report)}");
        yield return new("Took", Shared.Figures.Clock(report.DurationSeconds));
    }
}
