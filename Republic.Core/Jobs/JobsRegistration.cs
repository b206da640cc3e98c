using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
            .Validate(o => o.HoldFor > TimeSpan.Zero, "Jobs:HoldFor is longer than nothing.")
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

    /// <summary>Makes a kind of long work known.</summary>
    /// <param name="kind">As <see cref="Job.Kind"/> has it.</param>
    /// <param name="atOnce">How many of it one node works on; without, as many as there are threads for jobs.</param>
    /// <param name="perPerson">How many of it are worked on for one person; without, as many as there are threads for jobs.</param>
    /// <param name="canPause">Whether it can go on later from where a limit stopped it.</param>
    public static IServiceCollection AddJob<TWork>(
        this IServiceCollection services,
        string kind,
        Func<IServiceProvider, int>? atOnce = null,
        Func<IServiceProvider, int>? perPerson = null,
        bool canPause = false
    )
        where TWork : class, IJobWork
    {
        services.TryAddTransient<TWork>();
        return services.AddSingleton(provider => new JobKind(
            kind,
            provider.GetRequiredService<TWork>,
            atOnce?.Invoke(provider) ?? int.MaxValue,
            perPerson?.Invoke(provider) ?? int.MaxValue,
            canPause
        ));
    }
}
