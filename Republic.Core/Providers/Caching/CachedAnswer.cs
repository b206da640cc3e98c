namespace Republic.Core.Providers.Caching;

/// <summary>An answer as its model gave it, whole. No key is kept with it.</summary>
public sealed record CachedAnswer(ProviderRow Provider, string ModelId, ReadOnlyMemory<byte> Body);
