using System.Collections.Frozen;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Prices;

/// <summary>
/// What models cost, from memory: the person's own price, else the installation's, else the provider's list, else the published table.
/// </summary>
public sealed class PriceBook(PriceTable table, IListedPrices? listed = null)
{
    private static readonly KnownPrice Nothing = new(new TokenPrice(0, 0), PriceSource.Local, DateOnly.MinValue);

    private volatile FrozenDictionary<(Guid? Owner, string Provider, string Model), KnownPrice> overrides = FrozenDictionary<
        (Guid?, string, string),
        KnownPrice
    >.Empty;

    /// <summary>Null means unknown, not zero.</summary>
    /// <param name="owner">
    /// Who asks; null for what the installation says, whatever people have set for themselves. Over the installation's key that counts
    /// for everybody: nobody sets prices for who pays.
    /// </param>
    public KnownPrice? Find(Guid? owner, ModelTarget target)
    {
        if (target.Provider.Transport == ProviderTransport.ModelHost)
        {
            return Nothing;
        }

        var (provider, model) = (target.Provider.Name, target.ModelId);
        var set = overrides;
        if (
            set.Count > 0
            && (
                (owner is not null && !target.IsShared && set.TryGetValue((owner, provider, model), out var price))
                || set.TryGetValue((null, provider, model), out price)
            )
        )
        {
            return price;
        }

        // What is published is for the provider's own address.
        return listed?.Find(target) ?? (target.BaseUrl is null ? table.Find(provider, model) : null);
    }

    internal void Take(IEnumerable<PriceOverride> all) =>
        overrides = all.ToFrozenDictionary(price => (price.OwnerId, price.Provider, price.Model), price => price.Known);
}
