using System.Text;

namespace Republic.Tests.World;

/// <summary>An OpenTelemetry collector on loopback, which keeps what it is sent. In protobuf every text stands as it is.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly RawUpstream upstream = new() { Script = call => call.WholeAsync("200 OK", "application/x-protobuf", "") };

    public IEnumerable<(string Key, string Value)> Settings =>
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{upstream.Authority}"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
        ];

    /// <summary>All that came to a path, e.g. <c>/v1/traces</c>.</summary>
    public string Sent(string path) =>
        string.Join(
            '\n',
            upstream
                .Requests.Where(request => request.StartsWith($"POST {path} ", StringComparison.Ordinal))
                .Select(request => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(request)))
        );

    public ValueTask DisposeAsync() => upstream.DisposeAsync();
}
