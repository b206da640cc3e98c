using Republic.Core.Providers;
using Republic.Core.Providers.Listings;

namespace Republic.Core.Minions;

/// <summary>A model that a provider has, and who uses it.</summary>
/// <param name="List">The list it stands in.</param>
public sealed record ShelfModel(KnownModel Known, ProviderList List, ModelEnd? End, IReadOnlyList<ShelfUser> UsedBy)
{
    public ListedModel Model => Known.Model;
}
