namespace Republic.Core.Providers.Spending;

/// <summary>What of a budget is spent in one month, as far as nodes have told.</summary>
public sealed class BudgetMonth
{
    public required Guid BudgetId { get; init; }

    /// <summary>Its first day.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>In billionths of a dollar.</summary>
    public long Spent { get; set; }
}
