using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Citizens;

public static class CitizensRegistration
{
    public static IServiceCollection AddCitizens(this IServiceCollection services)
    {
        services.AddScoped<AvatarUpload>();
        services.AddSingleton<LastSeen>();
        services.AddHostedService<LastSeenSweep>();
        return services;
    }
}
