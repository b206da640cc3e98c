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

    // The way there for tags that were seen before, which makes nothing of them.
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries> known = new(new TagComparer());
    private readonly double[] bounds;

    // What is measured is the value itself, and not a change of it.
    private readonly bool isWhole;

    private MetricFamily(Instrument instrument, MetricKind kind, double[] bounds)
    {
        (Instrument, Kind, this.bounds) = (instrument, kind, bounds);
        isWhole = instrument.IsObservable || instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>);
    }

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
        else if (isWhole)
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
            known.Clear();
            series.Clear();
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (known.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>().TryGetValue(tags, out var seen))
        {
            return seen;
        }

        var texts = new KeyValuePair<string, string>[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            texts[i] = new(tags[i].Key, TextOf(tags[i].Value));
        }

        Array.Sort(texts, (one, other) => string.CompareOrdinal(one.Key, other.Key));
        var key = string.Join('\0', texts.Select(tag => $"{tag.Key}\0{tag.Value}"));
        return series.ContainsKey(key) || series.Count < MaxSeries
            ? known[tags.ToArray()] = series.GetOrAdd(key, _ => new MetricSeries(texts, bounds))
            : series.GetOrAdd("\uffff", _ => new MetricSeries([new("otel_metric_overflow", "true")], bounds));
    }

    private static string TextOf(object? value) =>
        value switch
        {
            true => "true",
            false => "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    private static double[]? Proposed(Instrument instrument) =>
        instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } of } => [.. of],
            Histogram<long> { Advice.HistogramBucketBoundaries: { } of } => [.. of.Select(bound => (double)bound)],
            Histogram<int> { Advice.HistogramBucketBoundaries: { } of } => [.. of.Select(bound => (double)bound)],
            _ => null,
        };
}
