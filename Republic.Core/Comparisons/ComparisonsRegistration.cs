using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Jobs;

namespace Republic.Core.Comparisons;

public static class ComparisonsRegistration
{
    /// <summary>Of one person, so that others are not kept waiting by somebody who compares a lot.</summary>
    private const int PerPerson = 2;

    public static IServiceCollection AddComparisons(this IServiceCollection services)
    {
        services.AddSingleton<ComparisonCards>();
        services.AddSingleton<VersionStandings>();
        services.AddScoped<ComparisonEditor>();
        services.AddScoped<ComparisonControl>();
        services.AddScoped<IJobStopper>(provider => provider.GetRequiredService<ComparisonControl>());
        services.AddJob<ComparisonWork>(ComparisonWork.KindOfJob, perPerson: _ => PerPerson);
        return services;
    }
}
