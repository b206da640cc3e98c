using Republic.Core.Providers.Routing;
using Republic.Core.Security;

namespace Republic.Core.Providers.Credentials;

/// <summary>Finds the keys and servers that a model is asked with, and opens the keys for the call.</summary>
public sealed class ModelWays(ProviderCatalog catalog, SecretBox box)
{
    /// <summary>
    /// With the key that is named, else the default and those that share its load, else the installation's, else without any. A named key
    /// that is not there any more counts as none.
    /// </summary>
    public RouteCandidate To(ModelPlace place, KeyRing keys)
    {
        if (catalog.Find(place.Provider) is not { } provider)
        {
            return Nowhere(place, $"This version does not know the provider “{place.Provider}”.");
        }

        var named = keys.Find(place.Credential) is { } key && key.Provider == provider.Name ? key : null;
        if (named is not null && place.BaseUrl is not null && !GoesTo(named, provider, place.BaseUrl))
        {
            return Nowhere(place, $"Your key {named.Label} was entered for another address, and a key is sent nowhere else.");
        }

        var chosen = named is null ? keys.For(provider, place.BaseUrl) : [named];
        return chosen.Count == 0 ? WithoutKey(place, provider) : With(chosen, place, provider, keys);
    }

    internal string? Open(Credential key) =>
        key.SealedKey is { } sealedKey ? box.Open(sealedKey, CredentialEditor.SealedKeys.For(key.Id)) : null;

    private RouteCandidate With(IReadOnlyList<Credential> chosen, ModelPlace place, ProviderRow provider, KeyRing keys)
    {
        List<ModelTarget> ways = [];
        string? problem = null;
        foreach (var key in chosen)
        {
            try
            {
                ways.Add(
                    new ModelTarget(provider, place.ModelId, key.BaseUrl is null ? null : new Uri(key.BaseUrl), Open(key))
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
                problem =
                    $"The key {LabelOf(key, keys)} cannot be opened: it was sealed under another master key. Enter it again under Providers.";
            }
        }

        return ways.Count > 0 ? new(provider.Name, place.ModelId, ways) : Nowhere(place, problem!);
    }

    private static RouteCandidate WithoutKey(ModelPlace place, ProviderRow provider) =>
        place.BaseUrl is null && provider is { TakesBaseUrl: true, BaseUrl: null }
            ? Nowhere(place, $"{provider.DisplayName} has no address of its own. Add your server under Providers, or enter its base URL.")
            : RouteCandidate.To(new ModelTarget(provider, place.ModelId, place.BaseUrl is null ? null : new Uri(place.BaseUrl), null));

    // What a superuser calls the installation's key is theirs alone.
    private static string LabelOf(Credential key, KeyRing keys) => keys.Find(key.Id) is null ? "shared" : key.Label;

    private static bool GoesTo(Credential key, ProviderRow provider, string baseUrl) =>
        BaseUrls.Destination(provider, key.BaseUrl) == BaseUrls.Destination(provider, baseUrl);

    private static RouteCandidate Nowhere(ModelPlace place, string problem) => new(place.Provider, place.ModelId, [], problem);
}
