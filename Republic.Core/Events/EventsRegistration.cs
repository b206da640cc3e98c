using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Events;

public static class EventsRegistration
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<NodeNotices>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeNotices>());
        services.AddSingleton<LiveEvents>();
        services.AddSingleton(typeof(JournalFeed<>));
        services.AddSingleton<BrowserFeed>();
        return services;
    }
}
