using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Security;

namespace Republic.Core.Minions;

/// <summary>The way from a minion to the model behind it, with the key opened for the call.</summary>
public sealed class MinionModel(ProviderCatalog catalog, SecretBox box)
{
    internal static readonly SealedColumn SealedKeys = new("minions", "sealed_api_key");

    /// <summary>A failure's message is for the person who asked: what is in the way, and what to do.</summary>
    public Outcome<ModelTarget> Target(Minion minion)
    {
        var name = minion.Citizen.DisplayName;
        if (!minion.Citizen.IsActive)
        {
            return Failure.Conflict($"{name} is paused. Edit it and switch it on again.");
        }

        if (catalog.Find(minion.Provider) is not { } provider)
        {
            return Failure.Conflict(
                $"{name} is on “{minion.Provider}”, a provider that this version does not know. Edit it and choose another."
            );
        }

        try
        {
            return new ModelTarget(provider, minion.ModelId, minion.BaseUrl is null ? null : new Uri(minion.BaseUrl), Key(minion))
            {
                Adapters = minion.Adapter is { } own ? [new ModelAdapter(own)] : [],
                KeyId = minion.Id,
            };
        }
        catch (SecretUnreadableException)
        {
            return Failure.Conflict(
                $"{name}'s key cannot be opened: it was sealed under another master key. Edit {name} and enter the key again."
            );
        }
    }

    /// <summary>The minion's own model, and its fallbacks in their order.</summary>
    public Outcome<ModelRoute> Route(Minion minion, CallPurpose purpose)
    {
        ArgumentNullException.ThrowIfNull(minion);
        var own = Target(minion);
        return own.Ok
            ? new ModelRoute([
                RouteCandidate.To(own.Value) with
                {
                    ContextLength = minion.ContextLength,
                },
                .. minion.Fallbacks.Select(fallback => Candidate(minion, own.Value, fallback)),
            ])
            {
                Owner = minion.OwnerId,
                Minion = minion.Id,
                Purpose = purpose,
                HasConsent = minion.FallbackConsent,
            }
            : own.Failure;
    }

    private RouteCandidate Candidate(Minion minion, ModelTarget own, MinionFallback fallback)
    {
        if (catalog.Find(fallback.Provider) is not { } provider)
        {
            return new(fallback.Provider, fallback.ModelId, [], $"This version does not know the provider “{fallback.Provider}”.");
        }

        // A key is only sent where it was entered for.
        var isSamePlace = MinionRules.Destination(provider, fallback.BaseUrl) == MinionRules.Destination(own.Provider, minion.BaseUrl);
        var key = isSamePlace ? own.ApiKey : null;
        return key is null && provider.Key == KeyNeed.Required
            ? new(provider.Name, fallback.ModelId, [], $"{provider.DisplayName} needs a key, and there is none for it.")
            : RouteCandidate.To(
                new ModelTarget(provider, fallback.ModelId, fallback.BaseUrl is null ? null : new Uri(fallback.BaseUrl), key)
                {
                    KeyId = key is null ? null : own.KeyId,
                }
            );
    }

    internal string? Key(Minion minion) => minion.SealedApiKey is { } key ? box.Open(key, SealedKeys.For(minion.Id)) : null;

    internal void SetKey(Minion minion, string? key)
    {
        minion.SealedApiKey = key is null ? null : box.Seal(key, SealedKeys.For(minion.Id));
        minion.ApiKeyHint = key is null ? null : Hint(key);
    }

    internal static string Hint(string key) => key.Length >= 12 ? $"…{key[^5..]}" : "…";
}
