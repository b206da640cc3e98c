using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Routing;

/// <summary>The circuit breakers of all endpoints, as this node saw them: which are busy, and which are left alone for a while.</summary>
public sealed class UpstreamHealth(IOptions<RoutingLimits> limits, TimeProvider time)
{
    private const int MaxKept = 10_000;
    private readonly ConcurrentDictionary<EndpointKey, CircuitBreaker> breakers = new();

    /// <param name="path">What is asked of it, as <see cref="ModelRequest.Path"/> says: who makes no vectors may still chat.</param>
    internal CircuitBreaker Of(ModelTarget target, string path)
    {
        var key = KeyOf(target, path);
        if (breakers.TryGetValue(key, out var known))
        {
            return known;
        }

        if (breakers.Count >= MaxKept)
        {
            breakers.Clear();
        }

        return breakers.GetOrAdd(key, _ => new CircuitBreaker(limits.Value, time));
    }

    /// <summary>
    /// How long the circuit breaker of an endpoint's chats stays open, or that of its vectors where no chat went there; null while it is
    /// closed.
    /// </summary>
    public TimeSpan? RestOf(ModelTarget target)
    {
        var asked =
            breakers.GetValueOrDefault(KeyOf(target, ModelRequest.Completions))
            ?? breakers.GetValueOrDefault(KeyOf(target, ModelRequest.Embeddings));
        return asked?.Rest();
    }

    /// <summary>One for each kind of call.</summary>
    /// <returns>Its key is the id of a stored one, or of the minion whose own it is; null without a key.</returns>
    internal IEnumerable<(string Provider, Guid? Key, CircuitBreaker Breaker)> Breakers() =>
        breakers.Select(breaker => (breaker.Key.Provider, breaker.Key.Key, breaker.Value));

    private static EndpointKey KeyOf(ModelTarget target, string path) =>
        new(
            target.Provider.Name,
            // One broken file must not rest all local models: they share a process, and it is soon back.
            target.Provider.Transport == ProviderTransport.ModelHost
                ? target.Installed?.File ?? target.ModelId
                : target.BaseUrl?.AbsoluteUri,
            target.KeyId,
            path
        );

    private readonly record struct EndpointKey(string Provider, string? Address, Guid? Key, string Path);
}
