using Republic.Core.Providers.Listings;

namespace Republic.Core.Minions.Models;

/// <summary>A model that a minion is asked with, and that ends.</summary>
/// <param name="Fallback">Its place among the fallbacks, from 0; null: the minion's own model.</param>
public sealed record MinionEnd(int? Fallback, string ModelId, ModelDeprecation End);
