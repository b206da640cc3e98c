using Republic.Core.Minions.Access;
using Republic.Core.Providers;
using Republic.Core.Providers.Caching;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Listings;
using Republic.Core.Providers.Routing;
using Republic.Core.Security;

namespace Republic.Core.Minions.Models;

/// <summary>Resolves a minion to the models that may answer for it, with their keys opened for the call.</summary>
public sealed class MinionTargets(
    ProviderCatalog catalog,
    SecretBox box,
    EndpointFinder endpoints,
    CredentialCache credentials,
    ListedFacts facts,
    ModelRouter router
)
{
    internal static readonly SealedColumn SealedKeys = new("minions", "sealed_api_key");

    /// <summary>A failure's message is for the person who asked: what is in the way, and what to do.</summary>
    public async ValueTask<Outcome<ModelTarget>> TargetAsync(Minion minion, CancellationToken ct)
    {
        if (Obstacle(minion) is { } obstacle)
        {
            return obstacle;
        }

        var own = Own(minion, await credentials.OfAsync(minion.OwnerId, ct));
        return own is { Endpoints: [var first, ..] } ? first : Failure.Conflict(own.Problem!);
    }

    /// <summary>Asks the minion's model, or its fallbacks, for something that is no answer of the minion: no stages, and the caller's instructions.</summary>
    public async ValueTask<Outcome<RoutedChatClient>> ClientAsync(Minion minion, CallPurpose purpose, CancellationToken ct)
    {
        var route = await RouteAsync(minion, purpose, ct);
        return route.Ok ? router.ChatClient(route.Value) : route.Failure;
    }

    /// <summary>The same of its own model alone, once, without its adapter.</summary>
    public async ValueTask<Outcome<RoutedChatClient>> BaseClientAsync(Minion minion, CallPurpose purpose, CancellationToken ct)
    {
        var target = await TargetAsync(minion, ct);
        if (!target.Ok)
        {
            return target.Failure;
        }

        var route = ModelRoute.Direct(target.Value with { Adapters = [] });
        return router.ChatClient(route with { Owner = minion.OwnerId, Minion = minion.Id, Purpose = purpose });
    }

    /// <summary>The route to one of its fallbacks, whether or not its own model can be asked.</summary>
    public async ValueTask<Outcome<ModelTarget>> FallbackAsync(Minion minion, int place, CancellationToken ct)
    {
        if (Obstacle(minion) is { } obstacle)
        {
            return obstacle;
        }

        var keys = await credentials.OfAsync(minion.OwnerId, ct);
        var found = Fallback(minion, Own(minion, keys), minion.Fallbacks[place], keys);
        return found is { Endpoints: [var first, ..] } ? first : Failure.Conflict(found.Problem ?? "It has no endpoint.");
    }

    /// <summary>The minion's own model, and its fallbacks in their order.</summary>
    public async ValueTask<Outcome<ModelRoute>> RouteAsync(Minion minion, CallPurpose purpose, CancellationToken ct)
    {
        if (Obstacle(minion) is { } obstacle)
        {
            return obstacle;
        }

        return RouteOf(minion, purpose, await credentials.OfAsync(minion.OwnerId, ct));
    }

    /// <summary>
    /// The same for a call from outside: found anew when the minion was saved, or its owner's keys were read again, which is every few
    /// seconds. A key is opened as often, and not for each call.
    /// </summary>
    public ValueTask<Outcome<ModelRoute>> RouteAsync(ApiMinion outside, CancellationToken ct)
    {
        var keys = credentials.OfAsync(outside.Minion.OwnerId, ct);
        return keys.IsCompletedSuccessfully ? new(Kept(outside, keys.Result)) : ReadAsync();

        async ValueTask<Outcome<ModelRoute>> ReadAsync() => Kept(outside, await keys);
    }

    private Outcome<ModelRoute> Kept(ApiMinion outside, CredentialSet keys)
    {
        if (outside.Route is { } known && ReferenceEquals(known.Keys, keys))
        {
            return known.Route;
        }

        if (Obstacle(outside.Minion) is { } obstacle)
        {
            return obstacle;
        }

        var route = RouteOf(outside.Minion, CallPurpose.Outside, keys);
        outside.Route = route.Ok ? new ApiMinion.KeptRoute(keys, route.Value) : null;
        return route;
    }

    private Outcome<ModelRoute> RouteOf(Minion minion, CallPurpose purpose, CredentialSet keys)
    {
        var own = Own(minion, keys);
        List<RouteCandidate> candidates =
        [
            minion.ContextLength is null ? Measured(own) : own with { ContextLength = minion.ContextLength },
            .. minion.Fallbacks.Select(fallback => Measured(Fallback(minion, own, fallback, keys))),
        ];
        if (
            own.Endpoints.Count == 0
            && (!MayGoElsewhere(minion, keys) || candidates.TrueForAll(candidate => candidate.Endpoints.Count == 0))
        )
        {
            return Failure.Conflict(own.Problem!);
        }

        return new ModelRoute(candidates)
        {
            Owner = minion.OwnerId,
            Minion = minion.Id,
            Purpose = purpose,
            HasConsent = minion.FallbackConsent,
            Cache = CacheOf(minion, purpose),
        };
    }

    /// <summary>What a form shows, before it is saved; <see cref="MinionRules"/> found nothing wrong with it.</summary>
    /// <param name="current">The minion that is edited; null for a new one.</param>
    internal Outcome<ModelTarget> Draft(MinionInput input, Minion? current, CredentialSet keys)
    {
        var provider = catalog.Find(input.Provider!.Trim())!;
        var model = input.ModelId?.Trim() ?? "";
        var baseUrl = string.IsNullOrWhiteSpace(input.BaseUrl) ? null : input.BaseUrl.Trim();
        var key = string.IsNullOrWhiteSpace(input.ApiKey) ? null : input.ApiKey.Trim();
        try
        {
            key ??= input.KeepsOwnKey && provider.TakesBaseUrl && current is not null ? Key(current, provider, baseUrl) : null;
        }
        catch (SecretUnreadableException)
        {
            return Failure.Invalid("api_key", $"The stored key {OriginBoundKey.Unreadable}. Enter it again.");
        }

        if (key is not null)
        {
            return new ModelTarget(provider, model, baseUrl is null ? null : new Uri(baseUrl), key);
        }

        var found = endpoints.Find(new ModelReference(provider.Name, model, baseUrl, input.CredentialId), keys);
        return found.Endpoints is not [var first, ..] ? Failure.Invalid("api_key", found.Problem!)
            : first.ApiKey is null && provider.Key == KeyNeed.Required
                ? Failure.Invalid("api_key", $"{provider.DisplayName} needs a key. {provider.Help}")
            : first;
    }

    internal void SetKey(Minion minion, string? key)
    {
        minion.SealedApiKey = key is null
            ? null
            : OriginBoundKey.Seal(box, key, catalog.Find(minion.Provider), minion.BaseUrl, SealedKeys.For(minion.Id));
        minion.ApiKeyHint = key is null ? null : KeyText.Hint(key);
    }

    /// <summary>What somebody asks the minion is remembered where it says so; what is asked to judge it, never.</summary>
    private static CachePolicy? CacheOf(Minion minion, CallPurpose purpose) =>
        minion.CacheMinutes is > 0 and var minutes && purpose is CallPurpose.Chat or CallPurpose.Outside
            ? new CachePolicy(minion.UpdatedAt, TimeSpan.FromMinutes(minutes))
            : null;

    /// <summary>With the context length that its provider's list names.</summary>
    private RouteCandidate Measured(RouteCandidate candidate) =>
        candidate.Endpoints is [var endpoint, ..] && facts.Find(endpoint)?.ContextLength is { } length
            ? candidate with
            {
                ContextLength = length,
            }
            : candidate;

    private Failure? Obstacle(Minion minion)
    {
        var name = minion.Citizen.DisplayName;
        return !minion.Citizen.IsActive ? Failure.Conflict($"{name} is paused. Edit it and switch it on again.")
            : catalog.Find(minion.Provider) is null
                ? Failure.Conflict(
                    $"{name} is on “{minion.Provider}”, a provider that this version does not know. Edit it and choose another."
                )
            : null;
    }

    private RouteCandidate Own(Minion minion, CredentialSet keys)
    {
        var found = minion.SealedApiKey is null
            ? endpoints.Find(new ModelReference(minion.Provider, minion.ModelId, minion.BaseUrl, minion.CredentialId), keys)
            : WithOwnKey(minion);
        IReadOnlyList<ModelAdapter> adapters = minion.Adapter is { } weights ? [new ModelAdapter(weights)] : [];
        return found with
        {
            Endpoints = [.. found.Endpoints.Select(endpoint => endpoint with { Adapters = adapters, KeyId = endpoint.KeyId ?? minion.Id })],
        };
    }

    private RouteCandidate WithOwnKey(Minion minion)
    {
        try
        {
            var address = minion.BaseUrl is null ? null : new Uri(minion.BaseUrl);
            var provider = catalog.Find(minion.Provider)!;
            return RouteCandidate.To(new ModelTarget(provider, minion.ModelId, address, Key(minion, provider, minion.BaseUrl)));
        }
        catch (SecretUnreadableException)
        {
            var name = minion.Citizen.DisplayName;
            var problem = $"{name}'s key {OriginBoundKey.Unreadable}. Edit {name} and enter the key again.";
            return new(minion.Provider, minion.ModelId, [], problem);
        }
    }

    private RouteCandidate Fallback(Minion minion, RouteCandidate own, MinionFallback fallback, CredentialSet keys)
    {
        var isSamePlace = fallback.IsAt(catalog, minion.Provider, minion.BaseUrl);
        var named = fallback.CredentialId ?? (isSamePlace ? minion.CredentialId : null);
        var found =
            isSamePlace && minion.SealedApiKey is not null
                ? own with
                {
                    ModelId = fallback.ModelId,
                    ContextLength = null,
                    Endpoints = [.. own.Endpoints.Select(endpoint => endpoint with { ModelId = fallback.ModelId, Adapters = [] })],
                }
                : endpoints.Find(new ModelReference(fallback.Provider, fallback.ModelId, fallback.BaseUrl, named), keys);
        return found.Endpoints is [{ ApiKey: null, Provider: { Key: KeyNeed.Required } provider }]
            ? found with
            {
                Endpoints = [],
                Problem = $"{provider.DisplayName} needs a key, and there is none for it.",
            }
            : found;
    }

    /// <summary>Who answers for a minion that cannot be asked at all, when it runs on this machine, is for the person to say.</summary>
    private bool MayGoElsewhere(Minion minion, CredentialSet keys)
    {
        var provider = catalog.Find(minion.Provider)!;
        var address = minion.BaseUrl ?? keys.AddressOf(provider, minion.CredentialId);
        return minion.FallbackConsent
            || new ModelTarget(provider, minion.ModelId, address is null ? null : new Uri(address), null).LeavesMachine;
    }

    /// <summary>Opened for where it is about to be sent.</summary>
    private string? Key(Minion minion, ProviderRow? provider, string? baseUrl) =>
        minion.SealedApiKey is { } key ? OriginBoundKey.Open(box, key, provider, baseUrl, SealedKeys.For(minion.Id)) : null;
}
