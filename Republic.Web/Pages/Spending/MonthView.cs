using System.Globalization;
using Republic.Core.Analytics;
using Republic.Core.Providers.Spending;
using Republic.Web.Pages.Charts;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Spending;

/// <summary>What this month cost so far, beside the budget for everything, where there is one.</summary>
/// <param name="Budget">The tightest; null where none is set.</param>
public sealed record MonthView(SpendingReport Report, BudgetStatus? Budget, DateOnly Today)
{
    public SpendingFigures Total => Report.Total;

    public string Name => Today.ToString("MMMM", CultureInfo.InvariantCulture);

    /// <summary>As far as it is known.</summary>
    public string Spent => Figures.Cost(Total.Cost ?? 0, Total.EstimatedCalls > 0);

    public string? Pace =>
        Report.Pace(Today) is { } pace
            ? $"{Figures.Cost(pace)} on {new DateOnly(Today.Year, Today.Month, DateTime.DaysInMonth(Today.Year, Today.Month)).ToString("d MMM", CultureInfo.InvariantCulture)}"
            : null;

    public string CostOf(SpendingFigures figures) =>
        (figures.Cost, figures.UnknownCalls) switch
        {
            (null, 0) => "–",
            (null, var unknown) => $"unknown, {Figures.Count(unknown, "call")}",
            ({ } cost, 0) => Figures.Cost(cost, figures.EstimatedCalls > 0),
            ({ } cost, var unknown) => $"{Figures.Cost(cost, figures.EstimatedCalls > 0)}, and {Figures.Count(unknown, "call")} unknown",
        };

    /// <summary>A series for each of the groups that cost most, and one for all others; without a series where nothing cost anything.</summary>
    public ChartTable Chart
    {
        get
        {
            var with = Report.Groups.Where(group => group.Figures.Cost is > 0).OrderByDescending(group => group.Figures.Cost).ToList();
            var shown = with.Take(with.Count == Series.Most ? Series.Most : Series.Most - 1).ToList();
            var keys = shown.ConvertAll(group => group.Key);
            var hasOthers = with.Count > shown.Count;
            return new ChartTable(
                "cost",
                "Cost by day",
                $"{CostOf(Total)} in {Figures.Count(Total.Calls, "call")}",
                ChartKind.Bars,
                [.. shown.Select(group => group.Name), .. hasOthers ? ["All others"] : Array.Empty<string>()],
                [
                    .. Report
                        .Days.GroupBy(day => day.Day)
                        .Select(day => new ChartRow(
                            new(day.Key, TimeOnly.MinValue, TimeSpan.Zero),
                            day.Key.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
                            [
                                .. keys.Select(key => Cell(day.Where(one => one.Key == key))),
                                .. hasOthers ? [Cell(day.Where(one => !keys.Contains(one.Key)))] : Array.Empty<ChartCell>(),
                            ]
                        )),
                ]
            )
            {
                Days = new DayAxis(Report.From, Report.To),
                Unit = AxisUnit.Dollars,
            };
        }
    }

    private ChartCell Cell(IEnumerable<SpendingDay> days)
    {
        var sum = SpendingFigures.Sum(days);
        return new((double?)sum.Cost, CostOf(sum));
    }
}
