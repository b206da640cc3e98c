namespace Republic.Core.Providers.Credentials;

/// <summary>A model as a person names it.</summary>
/// <param name="BaseUrl">Null: the provider's own, or that of the key.</param>
/// <param name="Credential">The stored key to ask with; null: the default.</param>
public sealed record ModelReference(string Provider, string ModelId, string? BaseUrl, Guid? Credential);
