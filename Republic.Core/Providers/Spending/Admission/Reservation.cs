using System.Runtime.InteropServices;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Spending.Admission;

/// <summary>What one call of one model has set aside of the budgets that count it. To be settled once.</summary>
internal sealed class Reservation(ModelTarget endpoint, CostCeiling ceiling)
{
    private readonly List<Part> parts = [];

    public void Add(BudgetAccount account, long amount, KnownPrice? price) => parts.Add(new Part(account, amount, price));

    /// <summary>What it can cost at most, where nobody counts what it did cost.</summary>
    public Bill AtMost(KnownPrice? price) => price is null ? default : new(ceiling.CostAt(price.Price), true, price.Source);

    /// <summary>Nothing was spent.</summary>
    public void Release()
    {
        foreach (var part in parts)
        {
            part.Account.Settle(part.Amount, 0);
        }
    }

    /// <param name="tokens">Without the provider's own count all that was set aside is taken for spent.</param>
    public void Settle(TokenCounts? tokens)
    {
        foreach (var part in parts)
        {
            var cost = tokens is { IsEstimate: false } ? Bill.For(tokens, part.Price, endpoint).Cost : null;
            part.Account.Settle(part.Amount, cost is { } known ? Money.Billionths(known) : part.Amount);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Part(BudgetAccount Account, long Amount, KnownPrice? Price);
}
