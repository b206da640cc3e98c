using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Citizens;

public static class CitizensRegistration
{
    public static IServiceCollection AddCitizens(this IServiceCollection services)
    {
        services.AddScoped<AvatarUpload>();
        return services;
    }
}
