using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Telemetry;

public static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddHostedService<NodeGauges>();
        services.AddHostedService<TelemetryExport>();
        return services;
    }
}
