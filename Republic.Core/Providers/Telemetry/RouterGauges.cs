using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Republic.Core.Providers.Calls;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Providers.Telemetry;

/// <summary>What stands at the moment somebody looks: who is busy, who is left alone, what waits to be written down.</summary>
internal sealed class RouterGauges(IMeterFactory meters, UpstreamHealth health, CallLog calls) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(RouterInstruments.Name);
        meter.CreateObservableGauge("republic.upstream.busy", () => ByProvider(breaker => breaker.Busy), "{call}", "Calls under breaker.");
        meter.CreateObservableGauge(
            "republic.upstream.resting",
            () => ByProvider(breaker => breaker.Rest() is null ? 0 : 1),
            "{upstream}",
            "Keys and addresses that are left alone just now, after failures or at the provider's wish; for chats and for vectors each."
        );
        meter.CreateObservableGauge(
            "republic.upstream.breaker",
            Breakers,
            description: "1 while a key is left alone because it failed too often, until a call with it succeeds; 0 otherwise."
        );
        meter.CreateObservableGauge("republic.calls.waiting", () => calls.Written.Count, "{call}", "Calls not stored in the database yet.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>By the key's id, which opens nothing; several servers that one key is sent to count as one.</summary>
    private IEnumerable<Measurement<int>> Breakers() =>
        health
            .Breakers()
            .GroupBy(one => (one.Provider, one.Key), one => one.Breaker.IsOpen)
            .Select(key => new Measurement<int>(
                key.Any(isOpen => isOpen) ? 1 : 0,
                new("gen_ai.provider.name", key.Key.Provider),
                new("republic.key.id", key.Key.Key?.ToString() ?? "none")
            ));

    private IEnumerable<Measurement<int>> ByProvider(Func<CircuitBreaker, int> count) =>
        health
            .Breakers()
            .GroupBy(one => one.Provider, one => count(one.Breaker), StringComparer.Ordinal)
            .Select(provider => new Measurement<int>(
                provider.Sum(),
                new KeyValuePair<string, object?>("gen_ai.provider.name", provider.Key)
            ));
}
