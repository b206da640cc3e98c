using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Republic.Core.Telemetry;

/// <summary>One instrument and its series. Tags may come from what people type, so the number of series has a limit.</summary>
internal sealed class MetricFamily
{
    public const int MaxSeries = 1_000;

    // Those of OpenTelemetry, for instruments that propose none.
    private static readonly double[] DefaultBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000];

    private readonly ConcurrentDictionary<string, MetricSeries> series = new(StringComparer.Ordinal);
    private readonly double[] bounds;

    private MetricFamily(Instrument instrument, MetricKind kind, double[] bounds) =>
        (Instrument, Kind, this.bounds) = (instrument, kind, bounds);

    public Instrument Instrument { get; }

    public MetricKind Kind { get; }

    public IEnumerable<MetricSeries> Series => series.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value);

    public static MetricFamily Of(Instrument instrument)
    {
        var kind = instrument.GetType().GetGenericTypeDefinition() switch
        {
            var type when type == typeof(Counter<>) || type == typeof(ObservableCounter<>) => MetricKind.Counter,
            var type when type == typeof(Histogram<>) => MetricKind.Histogram,
            _ => MetricKind.Gauge,
        };
        return new MetricFamily(instrument, kind, kind == MetricKind.Histogram ? Proposed(instrument) ?? DefaultBounds : []);
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var one = Find(tags);
        if (Kind == MetricKind.Histogram)
        {
            one.Observe(value);
        }
        else if (Instrument.IsObservable || Instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>))
        {
            one.Set(value);
        }
        else
        {
            one.Add(value);
        }
    }

    /// <summary>What is observed is told anew each time; what is not told any more is over.</summary>
    public void Forget()
    {
        if (Instrument.IsObservable)
        {
            series.Clear();
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var texts = new KeyValuePair<string, string>[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            texts[i] = new(tags[i].Key, Convert.ToString(tags[i].Value, CultureInfo.InvariantCulture) ?? "");
        }

        Array.Sort(texts, (one, other) => string.CompareOrdinal(one.Key, other.Key));
        var key = string.Join('\0', texts.Select(tag => $"{tag.Key}\0{tag.Value}"));
        if (series.TryGetValue(key, out var known))
        {
            return known;
        }

        return series.Count < MaxSeries
            ? series.GetOrAdd(key, _ => new MetricSeries(texts, bounds))
            : series.GetOrAdd("\uffff", _ => new MetricSeries([new("otel_metric_overflow", "true")], bounds));
    }

    private static double[]? Proposed(Instrument instrument) =>
        instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } of } => [.. of],
            Histogram<long> { Advice.HistogramBucketBoundaries: { } of } => [.. of.Select(bound => (double)bound)],
            Histogram<int> { Advice.HistogramBucketBoundaries: { } of } => [.. of.Select(bound => (double)bound)],
            _ => null,
        };
}
