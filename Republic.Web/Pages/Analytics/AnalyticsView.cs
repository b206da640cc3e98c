using System.Globalization;
using Republic.Core.Analytics;
using Republic.Web.Pages.Charts;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Analytics;

/// <summary>A report as charts, tables and sentences.</summary>
public sealed record AnalyticsView(AnalyticsReport Report)
{
    public const string NoPrice = "no price known";

    public int Days => Report.To.DayNumber - Report.From.DayNumber + 1;

    public UsageFigures Total => Report.Total;

    /// <summary>Those without anything in them are left out.</summary>
    public IReadOnlyList<ChartTable> Charts => [.. All().Where(chart => chart.Rows.Count > 0)];

    /// <summary>What is known of it, and of how much nothing is known.</summary>
    public static string Cost(UsageFigures figures) =>
        figures switch
        {
            { Cost: null, UnpricedCalls: 0 } => "–",
            { Cost: null } => NoPrice,
            { UnpricedCalls: 0, Cost: { } all } => Figures.Cost(all),
            { Cost: { } part } => $"{Figures.Cost(part)}, and {Figures.Count(figures.UnpricedCalls, "call")} with {NoPrice}",
        };

    public static string Pair(double? before, double? after, Func<double, string> text) =>
        (before, after) switch
        {
            (null, null) => "–",
            (null, { } now) => text(now),
            ({ } was, null) => $"{text(was)} → –",
            ({ } was, { } now) => $"{text(was)} → {text(now)}",
        };

    public static string Points(double points) => points.ToString("0.#", CultureInfo.InvariantCulture);

    public static string Loss(double loss) => loss.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Score(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Seconds(double seconds) => Figures.Seconds(seconds * 1000);

    private DayAxis Period => new(Report.From, Report.To);

    private IEnumerable<ChartTable> All()
    {
        yield return Runs();
        yield return ByGroup(
            "tokens",
            "Tokens by day",
            AxisUnit.Count,
            $"{Figures.Count(Total.Tokens, "token")}{(Total.TrainingCalls > 0 ? $", those of {Figures.Count(Total.TrainingCalls, "call")} by runs among them" : "")}",
            sum => sum.Tokens > 0,
            sum => new ChartCell(sum.Tokens, Figures.Count(sum.Tokens))
        );
        yield return ByGroup(
            "cost",
            "Cost by day",
            AxisUnit.Dollars,
            Cost(Total) == NoPrice ? "No price is known of any of these calls" : $"Cost: {Cost(Total)}",
            sum => sum.Cost is not null || sum.UnpricedCalls > 0,
            sum => new ChartCell((double?)sum.Cost, Cost(sum))
        );
        yield return ByGroup(
            "experience",
            "Experience by training",
            AxisUnit.Number,
            $"{Figures.Xp(Total.Xp)} XP by {Figures.Count(Total.RunsCompleted, "completed run")}",
            sum => sum.Xp > 0,
            sum => new ChartCell((double)sum.Xp, Figures.Xp(sum.Xp))
        );
        yield return Times();
        yield return Measured(
            "quality",
            "Quality before and after",
            "Points from 0 to 100, of each run",
            v => (v.BeforeQuality, v.AfterQuality),
            Points
        );
        yield return Measured(
            "traits",
            "Traits before and after",
            "Points from 0 to 100, of each run",
            v => (v.BeforeTraitScore, v.AfterTraitScore),
            Points
        );
        yield return Measured(
            "loss",
            "Loss before and after",
            "Of rows held out, in nats per token: lower is better",
            v => (v.BeforeLoss, v.AfterLoss),
            Loss
        );
        yield return Measured(
            "speed",
            "Time to an answer before and after",
            "Mean of each run's questions",
            v => (v.BeforeSeconds, v.AfterSeconds),
            Seconds
        ) with
        {
            Unit = AxisUnit.Seconds,
        };
    }

    private ChartTable Runs() =>
        new(
            "runs",
            "Runs by day and outcome",
            $"{Figures.Count(Total.Runs, "run")} ended: {Figures.Count(Total.RunsCompleted)} completed, {Figures.Count(Total.RunsFailed)} failed, {Figures.Count(Total.RunsStopped)} stopped or paused",
            ChartKind.Bars,
            ["Completed", "Failed", "Stopped"],
            [
                .. Report
                    .Days.GroupBy(day => day.Day)
                    .Select(day => (Day: day.Key, Sum: UsageFigures.Sum(day)))
                    .Where(day => day.Sum.Runs > 0)
                    .Select(day => Row(day.Day, [Count(day.Sum.RunsCompleted), Count(day.Sum.RunsFailed), Count(day.Sum.RunsStopped)])),
            ]
        )
        {
            Days = Period,
            Unit = AxisUnit.Count,
        };

    /// <summary>A series for each of the largest groups, and one for all others.</summary>
    private ChartTable ByGroup(
        string id,
        string title,
        AxisUnit unit,
        string finding,
        Func<UsageFigures, bool> counts,
        Func<UsageFigures, ChartCell> cell
    )
    {
        var with = Report.Groups.Where(group => counts(group.Figures)).ToList();
        var shown = with.Take(with.Count == Series.Most ? Series.Most : Series.Most - 1).ToList();
        var keys = shown.ConvertAll(group => group.Key);
        var hasOthers = with.Count > shown.Count;
        var days = Report.Days.Where(day => counts(day)).GroupBy(day => day.Day);
        return new(
            id,
            title,
            finding,
            ChartKind.Bars,
            [.. shown.Select(group => group.Name), .. hasOthers ? ["All others"] : Array.Empty<string>()],
            [
                .. days.Select(day =>
                    Row(
                        day.Key,
                        [
                            .. keys.Select(key => cell(UsageFigures.Sum(day.Where(one => one.Key == key)))),
                            .. hasOthers ? [cell(UsageFigures.Sum(day.Where(one => !keys.Contains(one.Key))))] : Array.Empty<ChartCell>(),
                        ]
                    )
                ),
            ]
        )
        {
            Days = Period,
            Unit = unit,
        };
    }

    private ChartTable Times() =>
        new(
            "times",
            "Time to an answer in chats",
            Report.Times is { } all
                ? $"Half of them within {Figures.Seconds(all.MedianMs)}, 19 of 20 within {Figures.Seconds(all.P95Ms)}"
                : "",
            ChartKind.Lines,
            ["Median", "95th percentile"],
            [.. Report.TimesByDay.Select(day => Row(day.Day!.Value, [Ms(day.MedianMs), Ms(day.P95Ms)]))]
        )
        {
            Days = Period,
            Unit = AxisUnit.Seconds,
        };

    private ChartTable Measured(
        string id,
        string title,
        string finding,
        Func<VersionFigures, (double? Before, double? After)> figure,
        Func<double, string> text
    ) =>
        new(
            id,
            title,
            finding,
            ChartKind.Dots,
            ["Before", "After"],
            [
                .. Report
                    .Versions.Where(version => figure(version) is not (null, null))
                    .OrderBy(version => version.At)
                    .Select(version => new ChartRow(
                        version.At,
                        $"{version.MinionName}, version {version.Version}",
                        [Cell(figure(version).Before, text), Cell(figure(version).After, text)]
                    )),
            ]
        )
        {
            Days = Period,
            Unit = AxisUnit.Number,
        };

    private static ChartRow Row(DateOnly day, IReadOnlyList<ChartCell> cells) =>
        new(new(day, TimeOnly.MinValue, TimeSpan.Zero), day.ToString("d MMM yyyy", CultureInfo.InvariantCulture), cells);

    private static ChartCell Count(long count) => new(count, Figures.Count(count));

    private static ChartCell Ms(double ms) => new(ms / 1000, Figures.Seconds(ms));

    private static ChartCell Cell(double? value, Func<double, string> text) => new(value, value is { } known ? text(known) : "–");
}
