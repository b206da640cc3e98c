using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Knowledge.Retrieval;
using Republic.Core.Knowledge.Vectors;

namespace Republic.Core.Knowledge;

public static class KnowledgeRegistration
{
    public static IServiceCollection AddKnowledge(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<VectorOptions>(configuration.GetSection(VectorOptions.Section));
        services.AddSingleton<EmbeddingWays>();
        services.AddSingleton<TextEmbedder>();
        services.AddSingleton<VectorStore>();
        services.AddSingleton<PassageEmbedder>();
        services.AddSingleton<VectorReader>();
        services.AddSingleton<IVectorIndex, MemoryIndex>();
        services.AddSingleton<SearchScopes>();
        services.AddSingleton<WordSearch>();
        services.AddSingleton<MeaningSearch>();
        services.AddSingleton(provider => new KnowledgeSearch(
            provider.GetRequiredService<SearchScopes>(),
            provider.GetRequiredService<WordSearch>(),
            provider.GetRequiredService<MeaningSearch>(),
            provider.GetRequiredService<IDbContextFactory<RepublicDb>>()
        ));
        return services;
    }
}
