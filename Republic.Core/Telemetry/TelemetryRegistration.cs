using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Telemetry;

public static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddHostedService<TelemetryExport>();
        return services;
    }
}
