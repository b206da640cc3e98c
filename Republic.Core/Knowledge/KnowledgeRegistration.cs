using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Knowledge.Measuring;
using Republic.Core.Knowledge.Retrieval;
using Republic.Core.Knowledge.Vectors;
using Republic.Core.Knowledge.Vectors.Chroma;

namespace Republic.Core.Knowledge;

public static class KnowledgeRegistration
{
    public static IServiceCollection AddKnowledge(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<VectorOptions>(configuration.GetSection(VectorOptions.Section));
        services.Configure<EmbeddingOptions>(configuration.GetSection(EmbeddingOptions.Section));
        services.AddSingleton<BuiltInEmbedding>();
        services.AddSingleton<EmbeddingRoutes>();
        services.AddSingleton<TextEmbedder>();
        services.AddSingleton<VectorStore>();
        services.AddSingleton<PassageEmbedder>();
        services.AddSingleton<VectorReader>();
        services.AddSingleton<MemoryIndex>();
        services
            .AddOptions<ChromaOptions>()
            .Bind(configuration.GetSection(ChromaOptions.Section))
            .Validate(
                o => o.Url is null or { Scheme: "http" or "https" },
                "Knowledge:Chroma:Url is an address that begins with http:// or https://."
            )
            .ValidateOnStart();
        services.AddSingleton<ChromaClient>();
        services.AddSingleton<ChromaIndex>();
        Sweep.AddTo<ChromaSweep>(services);
        services.AddSingleton<IVectorIndex, VectorIndexes>();
        services.AddSingleton<SearchScopes>();
        services.AddSingleton<KeywordSearch>();
        services.AddSingleton<SemanticSearch>();
        services.AddSingleton(provider => new KnowledgeSearch(
            provider.GetRequiredService<SearchScopes>(),
            provider.GetRequiredService<KeywordSearch>(),
            provider.GetRequiredService<SemanticSearch>(),
            provider.GetRequiredService<IDbContextFactory<RepublicDb>>()
        ));
        services.AddSingleton<HitMarks>();
        services.AddSingleton<RetrievalMeasure>();
        services.AddSingleton<RetrievalQuality>();
        services.AddSingleton<GoldenQuestions>();
        services.AddSingleton<QuestionDrafts>();
        services.AddScoped<CollectionRows>();
        services.AddJob<MeasureWork>(MeasureWork.KindOfJob);
        services.AddJob<DraftWork>(DraftWork.KindOfJob);
        return services;
    }
}
