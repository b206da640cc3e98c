using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Admin.People;
using Republic.Core.Admin.Settings;
using Republic.Core.Admin.Work;

namespace Republic.Core.Admin;

public static class AdminRegistration
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) =>
        services
            .AddScoped<AuditReader>()
            .AddScoped<PeopleReader>()
            .AddScoped<PersonEditor>()
            .AddScoped<WorkReader>()
            .AddScoped<HealthReader>()
            .AddScoped<WorkControl>()
            .AddScoped<RuntimeSettings>()
            .AddSingleton<StoredSettings>()
            .AddHostedService(provider => provider.GetRequiredService<StoredSettings>());
}
