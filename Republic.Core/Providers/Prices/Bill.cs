using System.Runtime.InteropServices;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Prices;

/// <summary>What one call cost.</summary>
/// <param name="Cost">In US dollars; null where it is not known.</param>
/// <param name="IsEstimate">It was worked out from what was sent, because the provider did not count.</param>
/// <param name="Source">Null where the cost is not known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Bill(decimal? Cost, bool IsEstimate, PriceSource? Source)
{
    public static Bill Nothing { get; } = new(0, false, PriceSource.Local);

    /// <summary>For so many tokens at this price, unless the provider said itself what it charged.</summary>
    public static Bill For(TokenCounts? tokens, KnownPrice? price) =>
        price is { Source: PriceSource.Local } ? Nothing
        : tokens?.ReportedCost is { } reported ? new(reported, false, PriceSource.Reported)
        : tokens is not null && price is not null ? new(price.Price.CostOf(tokens), tokens.IsEstimate, price.Source)
        : default;

    /// <summary>
    /// The same for a call of this model. What a server of the person's own choice says it charged counts only where nobody has set a
    /// price: it is no measure for a budget, and whatever shows the cost shows what the budget counts.
    /// </summary>
    public static Bill For(TokenCounts? tokens, KnownPrice? price, ModelTarget target)
    {
        return For(target.BaseUrl is null || price is null || tokens is null ? tokens : tokens with { ReportedCost = null }, price);
    }
}
