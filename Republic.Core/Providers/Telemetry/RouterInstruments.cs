using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Republic.Core.Providers.Telemetry;

/// <summary>
/// What the router measures, named by OpenTelemetry's conventions for generative AI where they have a name. While nobody listens each is
/// a look at a flag.
/// </summary>
public static class RouterInstruments
{
    /// <summary>Of the activity source and the meters.</summary>
    public const string Name = "Republic.Router";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Histogram<double> Duration = Seconds(
        "gen_ai.client.operation.duration",
        "From asking one model to the end of its answer.",
        [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]
    );

    internal static readonly Histogram<double> FirstChunk = Seconds(
        "gen_ai.client.operation.time_to_first_chunk",
        "From asking one model to the first piece of its streamed answer.",
        [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
    );

    internal static readonly Histogram<long> Tokens = Meter.CreateHistogram(
        "gen_ai.client.token.usage",
        "{token}",
        "Tokens of one call, as the provider counted.",
        tags: null,
        new InstrumentAdvice<long>
        {
            HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
        }
    );

    internal static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "republic.calls",
        "{call}",
        "Calls along a route, by how they ended, whoever answered."
    );

    internal static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "republic.hops",
        "{call}",
        "Models that were asked, by how it ended."
    );

    internal static readonly Counter<long> Fallbacks = Meter.CreateCounter<long>(
        "republic.fallbacks",
        "{call}",
        "Answers that came from another model than the route's first."
    );

    internal static readonly Counter<double> Cost = Meter.CreateCounter<double>(
        "republic.cost",
        "USD",
        "What calls cost, where it is known."
    );

    /// <summary>Models as labels name them.</summary>
    internal static readonly DistinctNames Models = new();

    /// <summary>Somebody listens to calls of models.</summary>
    internal static bool AreHeard => Duration.Enabled || Attempts.Enabled || Calls.Enabled || Source.HasListeners();

    private static Histogram<double> Seconds(string name, string words, double[] bounds) =>
        Meter.CreateHistogram(name, "s", words, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
}
