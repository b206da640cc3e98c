using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Search.Sources;
using Republic.Core.Search.Words;

namespace Republic.Core.Search;

public static class SearchRegistration
{
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddSingleton<LetterFolding>();
        services.AddSingleton<Snippets>();
        AddSource<MinionNames>(services);
        AddSource<TaskNames>(services);
        AddSource<ScenarioNames>(services);
        AddSource<EpisodeNames>(services);
        AddSource<RunNames>(services);
        AddSource<DatasetNames>(services);
        AddSource<CollectionNames>(services);
        AddSource<DocumentNames>(services);
        AddSource<PersonalModelNames>(services);
        AddSource<SettingNames>(services);
        AddSource<ConversationTitles>(services);
        AddSource<MessageTexts>(services);
        services.AddSingleton<RecentThings>();
        services.AddSingleton(provider => new SearchReader(
            provider.GetRequiredService<IDbContextFactory<RepublicDb>>(),
            provider.GetRequiredService<LetterFolding>(),
            provider.GetServices<ISearchSource>(),
            provider.GetRequiredService<RecentThings>()
        ));
        Sweep.AddTo<SearchIndexer>(services);
        return services;
    }

    /// <summary>In the order of <see cref="SearchKinds.All"/>.</summary>
    private static void AddSource<TSource>(IServiceCollection services)
        where TSource : class, ISearchSource
    {
        services.AddSingleton<TSource>();
        services.AddSingleton<ISearchSource>(provider => provider.GetRequiredService<TSource>());
    }
}
