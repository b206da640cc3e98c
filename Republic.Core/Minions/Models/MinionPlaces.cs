using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.Minions.Models;

/// <summary>Where a person's minions are asked, and with which keys, without opening any of them.</summary>
internal sealed class MinionPlaces(ProviderCatalog catalog, CredentialSet keys)
{
    /// <summary>The server of a minion's own model; null: the provider's own.</summary>
    public string? AddressOf(string provider, string? baseUrl, Guid? credential, bool hasOwnKey) =>
        baseUrl ?? (hasOwnKey || catalog.Find(provider) is not { } row ? null : keys.AddressOf(row, credential));

    public string? AddressOf(Minion minion) =>
        AddressOf(minion.Provider, minion.BaseUrl, minion.CredentialId, minion.SealedApiKey is not null);

    public string? AddressOf(Minion minion, MinionFallback fallback) =>
        fallback.IsAt(catalog, minion.Provider, minion.BaseUrl)
            ? AddressOf(minion)
            : AddressOf(fallback.Provider, fallback.BaseUrl, fallback.CredentialId, false);

    /// <summary>Each server, in one spelling, with the key it is asked with; null for one that is asked without.</summary>
    public IReadOnlyList<(string? Server, Guid? Key)> Of(Minion minion) =>
        minion.SealedApiKey is not null
            ? [(Server(minion.Provider, minion.BaseUrl), minion.Id)]
            : Of(minion.Provider, minion.BaseUrl, minion.CredentialId);

    public IReadOnlyList<(string? Server, Guid? Key)> Of(Minion minion, MinionFallback fallback) =>
        fallback.IsAt(catalog, minion.Provider, minion.BaseUrl)
            ? Of(minion)
            : Of(fallback.Provider, fallback.BaseUrl, fallback.CredentialId);

    public string? Server(string provider, string? baseUrl) => BaseUrls.Destination(catalog.Find(provider), baseUrl);

    private IReadOnlyList<(string? Server, Guid? Key)> Of(string provider, string? baseUrl, Guid? credential)
    {
        var named = keys.Find(credential) is { } key && key.Provider == provider ? key : null;
        var used =
            named is not null ? [named]
            : catalog.Find(provider) is { } row ? keys.For(row, baseUrl)
            : [];
        return used.Count == 0
            ? [(Server(provider, baseUrl), null)]
            : [.. used.Select(each => (Server(provider, each.BaseUrl), each.SealedKey is null ? null : (Guid?)each.Id))];
    }
}
