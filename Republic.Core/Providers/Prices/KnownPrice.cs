namespace Republic.Core.Providers.Prices;

/// <param name="AsOf">The day it was looked up, or set.</param>
/// <param name="Note">Where it was read, or what whoever set it wrote beside it.</param>
public sealed record KnownPrice(TokenPrice Price, PriceSource Source, DateOnly AsOf, string? Note = null);
