using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Interactions.Deleting;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;

namespace Republic.Core.Interactions;

public static class InteractionsRegistration
{
    public static IServiceCollection AddInteractions(this IServiceCollection services)
    {
        services.AddSingleton<InteractionReader>();
        services.AddSingleton<VersionLineage>();
        services.AddSingleton<IRowConsent, RowConsent>();
        services.AddSingleton<InteractionJobs>();
        services.AddScoped<ChatChoices>();
        services.AddScoped<DerivedRows>();
        services.AddScoped<LearningConsent>();
        services.AddScoped<ChatDeletion>();
        Sweep.AddTo<DeletedChatSweep>(services);
        services.AddScoped<LearningRules>();
        services.AddScoped<InteractionDataset>();
        services.AddScoped<InteractionRuns>();
        services.AddScoped<IChatRuns>(provider => provider.GetRequiredService<InteractionRuns>());
        services.AddScoped<InteractionDeploy>();
        return services;
    }
}
