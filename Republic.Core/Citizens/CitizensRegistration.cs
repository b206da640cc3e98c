using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Citizens.Capabilities;
using Republic.Core.Citizens.Fields;
using Republic.Core.Citizens.Profiles;

namespace Republic.Core.Citizens;

public static class CitizensRegistration
{
    public static IServiceCollection AddCitizens(this IServiceCollection services)
    {
        services.AddScoped<AvatarUpload>();
        services.AddSingleton<LastSeen>();
        Sweep.AddTo<LastSeenSweep>(services);
        services.AddSingleton<CitizenCards>();
        services.AddSingleton<CapabilityCards>();
        services.AddSingleton<CapabilityRecorder>();
        services.AddScoped<CitizenEditor>();
        services.AddScoped<CustomFieldEditor>();
        services.AddScoped<CapabilityEditor>();
        return services;
    }
}
