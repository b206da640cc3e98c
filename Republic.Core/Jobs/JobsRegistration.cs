using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Jobs;

public static class JobsRegistration
{
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration, string connectionString)
    {
        var settings = configuration.GetSection("Jobs");
        services
            .AddOptions<JobOptions>()
            .Bind(settings)
            .Validate(o => o.AtOnce is > 0 and <= 64, "Jobs:AtOnce is 1 to 64.")
            .ValidateOnStart();
        JobScheduler.AddTo(services, connectionString, settings.Get<JobOptions>() ?? new JobOptions());
        services.AddSingleton<JobSlots>();
        services.AddSingleton<JobEnvironment>();
        services.AddSingleton<JobFence>();
        services.AddSingleton<JobStore>();
        services.AddSingleton<NodeClock>();
        services.AddSingleton<JobScheduler>();
        services.AddHostedService(provider => provider.GetRequiredService<JobScheduler>());
        services.AddSingleton<JobControl>();
        services.AddTransient<JobExecution>();
        return services;
    }
}
