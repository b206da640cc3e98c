namespace Republic.Core.Analytics;

/// <summary>What calls of models took and cost. Days are those of UTC; one without a call is left out.</summary>
public sealed record SpendingReport(
    DateOnly From,
    DateOnly To,
    SpendingGrouping GroupBy,
    SpendingFigures Total,
    IReadOnlyList<SpendingGroup> Groups,
    IReadOnlyList<SpendingDay> Days
)
{
    /// <summary>What the month will have cost if its days go on as those so far; null before there is a day to go by.</summary>
    public decimal? Pace(DateOnly today) =>
        Total.Cost is { } cost && From.Day == 1
            ? cost / (today.DayNumber - From.DayNumber + 1) * DateTime.DaysInMonth(From.Year, From.Month)
            : null;
}
