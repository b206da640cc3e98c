using Republic.Core.Providers.Listings;

namespace Republic.Core.Minions.Models;

/// <summary>What one key at one server was told.</summary>
/// <param name="Label">Whose list it is, for people: the key as its owner calls it.</param>
public sealed record ShelfList(ProviderList List, string Label);
