using Republic.Core.Providers;
using Republic.Core.Providers.Listings;
using Republic.Core.Providers.Prices;

namespace Republic.Core.Minions.Models;

/// <summary>A model that a provider has, and who uses it.</summary>
/// <param name="Lists">The lists of its server that it stands in, the latest first.</param>
/// <param name="Price">What a call to it is counted with, and where that comes from; null where nobody knows.</param>
/// <param name="NamedBy">Scenarios with a role that names it, at this provider or without one.</param>
public sealed record ShelfModel(
    KnownModel Known,
    IReadOnlyList<ShelfList> Lists,
    ModelDeprecation? End,
    KnownPrice? Price,
    IReadOnlyList<ShelfUser> UsedBy,
    IReadOnlyList<ShelfScenario> NamedBy
)
{
    public ListedModel Model => Known.Model;

    /// <summary>Null: the provider's own server.</summary>
    public string? BaseUrl => Lists[0].List.BaseUrl;
}
