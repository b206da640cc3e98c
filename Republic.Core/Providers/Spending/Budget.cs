namespace Republic.Core.Providers.Spending;

/// <summary>How much may be spent in a month, and how fast may be asked. What is null sets no limit.</summary>
public sealed class Budget
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required BudgetScope Scope { get; init; }

    /// <summary>The provider's name, or the id of the minion or key; empty for all of a person's calls.</summary>
    public required string Subject { get; init; }

    /// <summary>In US dollars, for each calendar month in UTC.</summary>
    public decimal? MonthlyUsd { get; set; }

    public int? RequestsPerMinute { get; set; }

    public int? TokensPerMinute { get; set; }

    /// <summary>Calls whose price nobody knows go through, and count nothing.</summary>
    public bool AllowUnknown { get; set; }

    /// <summary>Set by a superuser for its owner, who cannot change it.</summary>
    public bool IsImposed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
