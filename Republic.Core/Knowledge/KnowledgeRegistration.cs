using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Knowledge;

public static class KnowledgeRegistration
{
    public static IServiceCollection AddKnowledge(this IServiceCollection services)
    {
        services.AddSingleton<KnowledgeSearch>();
        return services;
    }
}
