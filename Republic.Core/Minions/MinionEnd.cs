using Republic.Core.Providers.Listings;

namespace Republic.Core.Minions;

/// <summary>A model that a minion is asked with, and that ends.</summary>
/// <param name="Fallback">Its place among the fallbacks, from 0; null: the minion's own model.</param>
public sealed record MinionEnd(int? Fallback, string ModelId, ModelEnd End)
{
    /// <summary>Its own first, then its fallbacks in their order.</summary>
    public static IReadOnlyList<MinionEnd> Of(Minion minion, ModelEnds ends)
    {
        ArgumentNullException.ThrowIfNull(minion);
        ArgumentNullException.ThrowIfNull(ends);
        var own = ends.Of(minion.Provider, minion.BaseUrl, minion.ModelId);
        var fallbacks = minion.Fallbacks.Select(
            (fallback, place) =>
                ends.Of(fallback.Provider, fallback.BaseUrl, fallback.ModelId) is { } end
                    ? new MinionEnd(place, fallback.ModelId, end)
                    : null
        );
        return [.. fallbacks.Prepend(own is null ? null : new MinionEnd(null, minion.ModelId, own)).OfType<MinionEnd>()];
    }
}
