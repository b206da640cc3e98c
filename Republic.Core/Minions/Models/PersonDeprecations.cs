using Republic.Core.Providers;
using Republic.Core.Providers.Listings;

namespace Republic.Core.Minions.Models;

/// <summary>Which models of one person's minions end, with their keys as they are now.</summary>
public sealed class PersonDeprecations
{
    private readonly ModelDeprecations deprecations;
    private readonly MinionPlaces places;
    private readonly ProviderCatalog catalog;

    internal PersonDeprecations(ModelDeprecations deprecations, MinionPlaces places, ProviderCatalog catalog) =>
        (this.deprecations, this.places, this.catalog) = (deprecations, places, catalog);

    /// <summary>When a minion's own model ends; null where none was announced.</summary>
    public ModelDeprecation? Of(Minion minion)
    {
        return deprecations.Of(minion.Provider, places.AddressOf(minion), minion.ModelId);
    }

    public ModelDeprecation? Of(MinionCard card)
    {
        return deprecations.Of(card.Provider, places.AddressOf(card.Provider, card.BaseUrl, card.CredentialId, card.HasKey), card.ModelId);
    }

    /// <summary>When a fallback's model ends.</summary>
    public ModelDeprecation? Of(Minion minion, MinionFallback fallback)
    {
        return deprecations.Of(fallback.Provider, places.AddressOf(minion, fallback), fallback.ModelId);
    }

    /// <summary>The deprecation of a minion's model, given by its parts: those that a form shows, which may not be saved, or that a query reads.</summary>
    /// <param name="credential">The stored key that is chosen.</param>
    /// <param name="hasOwnKey">A key of its own is meant.</param>
    public ModelDeprecation? OfTyped(string? provider, string? baseUrl, Guid? credential, bool hasOwnKey, string? model)
    {
        var (where, address) = (provider?.Trim() ?? "", string.IsNullOrWhiteSpace(baseUrl) ? null : baseUrl.Trim());
        return deprecations.Of(where, places.AddressOf(where, address, credential, hasOwnKey), model?.Trim() ?? "");
    }

    /// <summary>When a model ends that is called by its name, as in a scenario; without a provider in it, at the provider where it ends first.</summary>
    public ModelDeprecation? OfNamed(string name)
    {
        var named = NamedModel.Of(catalog, name);
        IReadOnlyList<ProviderRow> providers = named.Provider is { } provider ? [provider] : catalog.Rows;
        return providers
            .Select(row =>
                deprecations.Of(row.Name, places.AddressOf(row.Name, baseUrl: null, credential: null, hasOwnKey: false), named.ModelId)
            )
            .OfType<ModelDeprecation>()
            .MinBy(end => end.On);
    }

    /// <summary>All that end: a minion's own first, then its fallbacks in their order.</summary>
    public IReadOnlyList<MinionEnd> All(Minion minion)
    {
        var fallbacks = minion.Fallbacks.Select(
            (fallback, place) => Of(minion, fallback) is { } end ? new MinionEnd(place, fallback.ModelId, end) : null
        );
        return [.. fallbacks.Prepend(Of(minion) is { } own ? new MinionEnd(null, minion.ModelId, own) : null).OfType<MinionEnd>()];
    }
}
