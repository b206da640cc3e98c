using System.Globalization;

namespace Republic.Core.Providers.Spending;

/// <summary>What people are told about budgets: the fact, what it means, the way on.</summary>
internal static class BudgetWords
{
    public static string UsedUp(Budget budget, ModelTarget way, long taken, long amount, DateOnly month) =>
        $"{Name(budget)} for {month.ToString("MMMM", CultureInfo.InvariantCulture)} is used up: {Dollars(Money.Dollars(taken))} of "
        + $"{Dollars(budget.MonthlyUsd ?? 0)} is spent or set aside, and this call of {way.ModelId} may cost up to "
        + $"{Dollars(Money.Dollars(amount))}. {Raise(budget)} It begins anew on {month.AddMonths(1).ToString("d MMMM", CultureInfo.InvariantCulture)} (UTC).";

    public static string NoPrice(Budget budget, ModelTarget way) =>
        $"{Name(budget)} cannot count this call: nobody has set a price for {way.ModelId} at {way.Provider.DisplayName}. "
        + (
            budget.IsImposed
                ? "Ask a superuser to set one."
                : "Set one under Providers, Prices, or let the budget allow models without a price."
        );

    public static string TooFast(Budget budget, string limit) =>
        $"{Name(budget)} allows {limit} a minute, and they are used up. Wait a little.";

    public static string Dollars(decimal amount) =>
        amount is 0 or >= 0.01m
            ? $"${amount.ToString("N2", CultureInfo.InvariantCulture)}"
            : $"${amount.ToString("0.0000####", CultureInfo.InvariantCulture)}";

    private static string Name(Budget budget) =>
        budget.Scope switch
        {
            BudgetScope.Person => budget.IsImposed ? "The budget that a superuser set for you" : "Your budget",
            BudgetScope.Provider => "The budget for this provider",
            BudgetScope.Minion => "This minion's budget",
            _ => "The budget of this key",
        };

    private static string Raise(Budget budget) =>
        budget.IsImposed ? "Ask a superuser to raise it." : "Raise it under Providers, Spending, or choose a cheaper model.";
}
