using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering.Intents;
using Republic.Core.Answering.Links;
using Republic.Core.Answering.Stages;
using Republic.Core.Answering.Turns;
using Republic.Core.Providers;

namespace Republic.Core.Answering;

public static class PipelineRegistration
{
    public static IServiceCollection AddPipeline(this IServiceCollection services)
    {
        services.AddSingleton<MemoryOrders>();
        services.AddSingleton<MemoryStage>();
        services.AddSingleton<LinkedCollections>();
        services.AddSingleton<StyleStage>();
        services.AddSingleton<KnowledgeStage>();
        services.AddSingleton<IntentClassifier>();
        services.AddSingleton<AnswerStages>();
        services.AddSingleton<MinionKnowledge>();
        services.AddSingleton(provider => new MinionClients(
            provider.GetRequiredService<AnswerStages>(),
            provider.GetRequiredService<ProviderCatalog>(),
            provider.GetRequiredService<ModelRouter>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MinionClients>>()
        ));
        services.AddSingleton<TurnWriter>();
        services.AddSingleton(typeof(TurnStore<>));
        services.AddSingleton(typeof(JobTurnWriter<>));
        return services;
    }
}
