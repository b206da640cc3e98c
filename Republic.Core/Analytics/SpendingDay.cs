namespace Republic.Core.Analytics;

/// <summary>One day of one group.</summary>
public sealed record SpendingDay : SpendingFigures
{
    public DateOnly Day { get; init; }

    /// <summary>A minion's or person's id, a provider's name, a provider's name and its model, or a purpose; empty where there is none.</summary>
    public string Key { get; init; } = "";
}
