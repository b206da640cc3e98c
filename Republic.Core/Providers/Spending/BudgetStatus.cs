namespace Republic.Core.Providers.Spending;

/// <summary>A budget, and how it stands this month.</summary>
public sealed record BudgetStatus
{
    private const decimal WarnsAt = 0.8m;

    public required Guid Id { get; init; }

    public required BudgetScope Scope { get; init; }

    /// <summary>The provider's name, or the id of the minion or key; empty for all of a person's calls.</summary>
    public required string Subject { get; init; }

    /// <summary>As people call what it is for.</summary>
    public required string Name { get; init; }

    public decimal? MonthlyUsd { get; init; }

    /// <summary>This month.</summary>
    public decimal SpentUsd { get; init; }

    /// <summary>Set aside for calls under way, as of the last second.</summary>
    public decimal ReservedUsd { get; init; }

    public int? RequestsPerMinute { get; init; }

    public int? TokensPerMinute { get; init; }

    public bool AllowUnknown { get; init; }

    /// <summary>Set by a superuser: its owner cannot change it.</summary>
    public bool IsImposed { get; init; }

    /// <summary>From here on it warns.</summary>
    public decimal? WarnsAtUsd => MonthlyUsd * WarnsAt;

    public BudgetState State => MonthlyUsd is { } limit ? StateOf(SpentUsd, limit) : BudgetState.Ok;

    /// <summary>Of a person's budgets the one for everything that is used up first.</summary>
    public static BudgetStatus? Tightest(IEnumerable<BudgetStatus> budgets) =>
        budgets.Where(b => b is { Scope: BudgetScope.Person, MonthlyUsd: not null }).MinBy(b => b.MonthlyUsd);

    internal static BudgetState StateOf(decimal spent, decimal limit) =>
        spent >= limit ? BudgetState.UsedUp
        : spent >= limit * WarnsAt ? BudgetState.Warning
        : BudgetState.Ok;
}
