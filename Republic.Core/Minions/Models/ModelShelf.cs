using Republic.Core.Providers;

namespace Republic.Core.Minions.Models;

/// <summary>What a person finds at one provider.</summary>
/// <param name="Lists">The latest first; none where nobody has looked yet.</param>
/// <param name="Models">In the order of the lists, those that are gone last.</param>
public sealed record ModelShelf(ProviderRow Provider, IReadOnlyList<ShelfList> Lists, IReadOnlyList<ShelfModel> Models);
