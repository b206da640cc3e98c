using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Republic.Core.Telemetry;

/// <summary>
/// Sends traces and metrics over OTLP where the standard <c>OTEL_EXPORTER_OTLP_…</c> variables say so, from start to stop. Otherwise
/// nothing listens and nothing is made.
/// </summary>
internal sealed class TelemetryExport(IConfiguration configuration) : IHostedService, IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("republic").AddTelemetrySdk().AddEnvironmentVariableDetector();
        if (Wants("TRACES"))
        {
            traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(own => own.AddSingleton(configuration))
                .SetResourceBuilder(resource)
                .AddSource([.. TelemetrySources.Traces])
                .AddOtlpExporter()
                .Build();
        }

        if (Wants("METRICS"))
        {
            metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(own => own.AddSingleton(configuration))
                .SetResourceBuilder(resource)
                .AddMeter([.. TelemetrySources.Meters])
                .AddOtlpExporter()
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // What has not been sent yet is sent. A host that is stopped and disposed at once comes here twice.
        Interlocked.Exchange(ref traces, null)?.Dispose();
        Interlocked.Exchange(ref metrics, null)?.Dispose();
    }

    private bool Wants(string signal) =>
        configuration["OTEL_SDK_DISABLED"] != "true"
        && configuration[$"OTEL_{signal}_EXPORTER"] != "none"
        && (IsSet(Endpoint) || IsSet($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"));

    private bool IsSet(string name) => !string.IsNullOrWhiteSpace(configuration[name]);
}
