using System.Globalization;
using Republic.Core.Analytics;
using Republic.Core.Providers.Spending;
using Republic.Web.Pages.Analytics;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Spending;

/// <summary>What this month cost so far, beside the budget for everything, where there is one.</summary>
/// <param name="Budget">The tightest; null where none is set.</param>
public sealed record MonthView(SpendingReport Report, BudgetStatus? Budget, DateOnly Today)
{
    /// <summary>More lines nobody tells apart.</summary>
    private const int MostLines = 4;

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

    public ChartTable Chart
    {
        get
        {
            var lines = Report.Groups.Where(group => group.Figures.Cost is > 0).Take(MostLines).ToList();
            return new ChartTable(
                "cost",
                "Cost by day",
                $"{CostOf(Total)} in {Figures.Count(Total.Calls, "call")}",
                "days",
                [.. lines.Select(line => line.Name)],
                [
                    .. Report
                        .Days.GroupBy(day => day.Day)
                        .Select(day => new ChartRow(
                            new(day.Key, TimeOnly.MinValue, TimeSpan.Zero),
                            day.Key.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
                            [
                                .. lines
                                    .Select(line => SpendingFigures.Sum(day.Where(one => one.Key == line.Key)))
                                    .Select(sum => new ChartCell((double?)sum.Cost, CostOf(sum))),
                            ]
                        )),
                ]
            );
        }
    }
}
