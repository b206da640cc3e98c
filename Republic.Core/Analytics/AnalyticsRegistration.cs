using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Analytics;

public static class AnalyticsRegistration
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.AddSingleton<AnalyticsReader>();
        services.AddSingleton<SpendingReader>();
        return services;
    }
}
