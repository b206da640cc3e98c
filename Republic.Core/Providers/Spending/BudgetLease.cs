namespace Republic.Core.Providers.Spending;

/// <summary>A slice of a month's budget that one node hands out by itself.</summary>
public sealed class BudgetLease
{
    public required Guid BudgetId { get; init; }

    public required DateOnly Month { get; init; }

    public required Guid Node { get; init; }

    /// <summary>In billionths of a dollar. Nobody else may have it until the lease ends.</summary>
    public long Amount { get; set; }

    /// <summary>Of it, set aside for calls under way; counted as spent if the node is never heard of again.</summary>
    public long Held { get; set; }

    /// <summary>By the database's clock. Past it the node is taken for dead, and what is free of the slice is given to others.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
}
