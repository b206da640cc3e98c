using Republic.Core.Providers.Routing;

namespace Republic.Core.Episodes.Playing;

/// <summary>The label that a model chose.</summary>
/// <param name="Label">Null where it named none, twice.</param>
/// <param name="Cost">Dollars; a cost that nobody knows counts as none.</param>
internal sealed record LabelChoice(string? Label, decimal Cost, long Tokens)
{
    public static LabelChoice Of(string? label, params IEnumerable<RouteReceipt?> receipts)
    {
        var all = receipts.OfType<RouteReceipt>().ToList();
        return new(
            label,
            all.Sum(receipt => receipt.Cost ?? 0),
            all.SelectMany(receipt => receipt.Attempts).Sum(attempt => (attempt.Tokens?.Input ?? 0) + (attempt.Tokens?.Output ?? 0))
        );
    }
}
