using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Routing;

/// <summary>How the ways to models have been doing lately, as this node saw it: who is busy, and who is left alone for a while.</summary>
public sealed class UpstreamHealth(IOptions<RoutingLimits> limits, TimeProvider time)
{
    private const int MaxKept = 10_000;
    private readonly ConcurrentDictionary<WayKey, WayState> ways = new();

    /// <param name="path">What is asked of it, as <see cref="ModelRequest.Path"/> says: who makes no vectors may still chat.</param>
    internal WayState Of(ModelTarget target, string path)
    {
        var key = KeyOf(target, path);
        if (ways.TryGetValue(key, out var known))
        {
            return known;
        }

        if (ways.Count >= MaxKept)
        {
            ways.Clear();
        }

        return ways.GetOrAdd(key, _ => new WayState(limits.Value, time));
    }

    /// <summary>How long a way's chats are still left alone, or its vectors where no chat went there; null while calls are let through.</summary>
    public TimeSpan? RestOf(ModelTarget target)
    {
        var asked =
            ways.GetValueOrDefault(KeyOf(target, ModelRequest.Completions))
            ?? ways.GetValueOrDefault(KeyOf(target, ModelRequest.Embeddings));
        return asked?.Rest();
    }

    /// <summary>One for each kind of call.</summary>
    /// <returns>Its key is the id of a stored one, or of the minion whose own it is; null without a key.</returns>
    internal IEnumerable<(string Provider, Guid? Key, WayState State)> Ways() =>
        ways.Select(way => (way.Key.Provider, way.Key.Key, way.Value));

    private static WayKey KeyOf(ModelTarget target, string path) =>
        new(
            target.Provider.Name,
            // One broken file must not rest all local models: they share a process, and it is soon back.
            target.Provider.Transport == ProviderTransport.ModelHost
                ? target.Installed?.File ?? target.ModelId
                : target.BaseUrl?.AbsoluteUri,
            target.KeyId,
            path
        );

    private readonly record struct WayKey(string Provider, string? Address, Guid? Key, string Path);
}
