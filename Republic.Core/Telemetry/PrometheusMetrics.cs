using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Republic.Core.Telemetry;

/// <summary>
/// Listens to the meters of <see cref="TelemetrySources"/> and writes what they measured in Prometheus' text format. While there is no
/// such object nobody listens, and measuring costs nothing.
/// </summary>
public sealed class PrometheusMetrics : IDisposable
{
    private readonly ConcurrentDictionary<Instrument, MetricFamily> families = new();
    private readonly MeterListener listener = new();
    private readonly Lock scrape = new();

    public PrometheusMetrics(Func<Instrument, bool>? listensTo = null)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (TelemetrySources.Meters.Contains(instrument.Meter.Name) && listensTo?.Invoke(instrument) != false)
            {
                listening.EnableMeasurementEvents(instrument, families.GetOrAdd(instrument, MetricFamily.Of));
            }
        };
        listener.MeasurementsCompleted = (instrument, _) => families.TryRemove(instrument, out var _);
        Hear<byte>(value => value);
        Hear<short>(value => value);
        Hear<int>(value => value);
        Hear<long>(value => value);
        Hear<float>(value => value);
        Hear<double>(value => value);
        Hear<decimal>(value => (double)value);
        listener.Start();
    }

    /// <summary>The media type of what <see cref="Write"/> gives.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public string Write()
    {
        var text = new StringBuilder();
        lock (scrape)
        {
            foreach (var family in families.Values)
            {
                family.Forget();
            }

            listener.RecordObservableInstruments();
            // Two meters may hold an instrument of the same name, and a family may stand in the text only once.
            foreach (
                var named in families
                    .Values.GroupBy(PrometheusText.NameOf, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
            )
            {
                PrometheusText.Write(text, named.Key, [.. named]);
            }
        }

        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Hear<T>(Func<T, double> number)
        where T : struct =>
        listener.SetMeasurementEventCallback<T>((_, value, tags, family) => ((MetricFamily)family!).Record(number(value), tags));
}
