namespace Republic.Core.Telemetry;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
