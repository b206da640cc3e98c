namespace Republic.Core.Analytics;

/// <summary>One day of one group.</summary>
public sealed record UsageDay : UsageFigures
{
    public DateOnly Day { get; init; }

    /// <summary>A minion's or person's id, or a provider's name; null for all that are too small to be named.</summary>
    public string? Key { get; init; }
}
