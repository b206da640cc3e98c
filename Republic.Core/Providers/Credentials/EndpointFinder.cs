using Republic.Core.Providers.Routing;
using Republic.Core.Security;

namespace Republic.Core.Providers.Credentials;

/// <summary>Finds the keys and servers that a model is asked with, and opens the keys for the call.</summary>
public sealed class EndpointFinder(ProviderCatalog catalog, SecretBox box)
{
    /// <summary>
    /// With the key that is named, else the default and those that share its load, else the installation's, else without any. A named key
    /// that is not there any more counts as none.
    /// </summary>
    public RouteCandidate Find(ModelReference reference, CredentialSet keys)
    {
        if (catalog.Find(reference.Provider) is not { } provider)
        {
            return Nowhere(reference, $"This version does not know the provider “{reference.Provider}”.");
        }

        var named = keys.Find(reference.Credential) is { } key && key.Provider == provider.Name ? key : null;
        if (named is not null && reference.BaseUrl is not null && !GoesTo(named, provider, reference.BaseUrl))
        {
            return Nowhere(reference, $"Your key {named.Label} was entered for another address, and a key is sent nowhere else.");
        }

        var chosen = named is null ? keys.For(provider, reference.BaseUrl) : [named];
        return chosen.Count == 0 ? WithoutKey(reference, provider, keys) : With(chosen, reference, provider, keys);
    }

    internal byte[] Seal(Credential credential, string key) =>
        OriginBoundKey.Seal(
            box,
            key,
            catalog.Find(credential.Provider),
            credential.BaseUrl,
            CredentialEditor.SealedKeys.For(credential.Id)
        );

    /// <param name="baseUrl">Where it is about to be sent.</param>
    internal string? Open(Credential key, string? baseUrl) =>
        key.SealedKey is { } sealedKey
            ? OriginBoundKey.Open(box, sealedKey, catalog.Find(key.Provider), baseUrl, CredentialEditor.SealedKeys.For(key.Id))
            : null;

    private RouteCandidate With(IReadOnlyList<Credential> chosen, ModelReference reference, ProviderRow provider, CredentialSet keys)
    {
        List<ModelTarget> endpoints = [];
        string? problem = null;
        foreach (var key in chosen)
        {
            try
            {
                endpoints.Add(
                    new ModelTarget(provider, reference.ModelId, key.BaseUrl is null ? null : new Uri(key.BaseUrl), Open(key, key.BaseUrl))
                    {
                        KeyId = key.Id,
                        IsShared = keys.Find(key.Id) is null,
                        KeyLabel = LabelOf(key, keys),
                        IsKeyShared = keys.Find(key.Id) is null,
                    }
                );
            }
            catch (SecretUnreadableException)
            {
                problem = $"The key {LabelOf(key, keys)} {OriginBoundKey.Unreadable}. Enter it again under Providers.";
            }
        }

        return endpoints.Count > 0 ? new(provider.Name, reference.ModelId, endpoints) : Nowhere(reference, problem!);
    }

    private static RouteCandidate WithoutKey(ModelReference reference, ProviderRow provider, CredentialSet keys) =>
        reference.BaseUrl is null && provider is { TakesBaseUrl: true, BaseUrl: null }
            ? Nowhere(
                reference,
                $"{provider.DisplayName} has no address of its own. Add your server under Providers, or enter its base URL."
            )
            : RouteCandidate.To(
                new ModelTarget(provider, reference.ModelId, reference.BaseUrl is null ? null : new Uri(reference.BaseUrl), null)
                {
                    OwnModels = keys.Installed,
                }
            );

    // What a superuser calls the installation's key is theirs alone.
    private static string LabelOf(Credential key, CredentialSet keys) => keys.Find(key.Id) is null ? "shared" : key.Label;

    private static bool GoesTo(Credential key, ProviderRow provider, string baseUrl) =>
        BaseUrls.Destination(provider, key.BaseUrl) == BaseUrls.Destination(provider, baseUrl);

    private static RouteCandidate Nowhere(ModelReference reference, string problem) =>
        new(reference.Provider, reference.ModelId, [], problem);
}
