using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Leaving;

public static class LeavingRegistration
{
    public static IServiceCollection AddLeaving(this IServiceCollection services) =>
        services
            .AddSingleton<LeftTasks>()
            .AddSingleton<LeftModels>()
            .AddSingleton<LeftArchives>()
            .AddSingleton<LeftFiles>()
            .AddScoped<LeavingReader>()
            .AddScoped<AccountDeletion>()
            .AddScoped<AccountLeaving>();
}
