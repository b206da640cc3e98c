namespace Republic.Core.Providers;

/// <summary>What a provider's own list asks for a million tokens, in US dollars.</summary>
/// <param name="CachedInput">Null: the list names none.</param>
public sealed record ListedPrice(decimal Input, decimal Output, decimal? CachedInput);
