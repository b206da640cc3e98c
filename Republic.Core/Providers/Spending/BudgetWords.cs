using System.Globalization;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Spending;

/// <summary>What people are told about budgets: the fact, what it means, the way on.</summary>
internal static class BudgetWords
{
    public static string NoRoom(Budget budget, ModelRoute route, ModelTarget endpoint, (long Taken, long Amount) asked, DateOnly month)
    {
        var needs = $"this call of {endpoint.ModelId} may cost up to {Dollars(Money.Dollars(asked.Amount))}";
        if (!IsOf(budget, route))
        {
            return $"The owner of the shared key has set a limit for it, which has no room: {needs}. {Raise(budget, route)}";
        }

        var (taken, limit) = (Money.Dollars(asked.Taken), budget.MonthlyUsd ?? 0);
        var isUsedUp = taken >= limit;
        var begins = month.AddMonths(1).ToString("d MMMM", CultureInfo.InvariantCulture);
        return $"{Name(budget, route)} for {month.ToString("MMMM", CultureInfo.InvariantCulture)} "
            + $"{(isUsedUp ? "is used up" : "does not have room for this call")}: {Dollars(taken)} of {Dollars(limit)} is spent or set aside, "
            + $"and {needs}. {(isUsedUp ? "" : "Ask for a shorter answer (max_tokens). ")}{Raise(budget, route)} "
            + $"It begins anew on {begins} (UTC).";
    }

    public static string NoPrice(Budget budget, ModelRoute route, ModelTarget endpoint) =>
        $"{Name(budget, route)} cannot count this call: nobody has set a price for {endpoint.ModelId} at "
        + $"{endpoint.Provider.DisplayName}. "
        + (
            budget.IsImposed || endpoint.IsShared
                ? "Ask a superuser to set one."
                : "Set one under Providers, Prices, or let the budget allow models without a price."
        );

    public static string TooFast(Budget budget, ModelRoute route, string limit) =>
        IsOf(budget, route)
            ? $"{Name(budget, route)} allows {limit} a minute, and they are used up. Wait a little."
            : "The shared key allows no more just now: its owner has set a limit for each minute. Wait a little.";

    /// <summary>As many digits as it takes: what is left of a budget must not be rounded away.</summary>
    public static string Dollars(decimal amount) => $"${amount.ToString("#,0.00#######", CultureInfo.InvariantCulture)}";

    private static bool IsOf(Budget budget, ModelRoute route) => budget.OwnerId == route.Owner;

    // What somebody else may spend is not for whoever uses their key.
    private static string Name(Budget budget, ModelRoute route) =>
        !IsOf(budget, route)
            ? "The limit of the shared key"
            : budget.Scope switch
            {
                BudgetScope.Person => budget.IsImposed ? "The budget that a superuser set for you" : "Your budget",
                BudgetScope.Provider => "The budget for this provider",
                BudgetScope.Minion => "This minion's budget",
                _ => "The budget of this key",
            };

    private static string Raise(Budget budget, ModelRoute route) =>
        !IsOf(budget, route) ? "Ask a superuser, or store a key of your own."
        : budget.IsImposed ? "Ask a superuser to raise it."
        : "Raise it under Spending, or choose a cheaper model.";
}
