using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Republic.Core.Accounts;
using Republic.Core.Citizens;
using Republic.Core.Providers.Caching;
using Republic.Core.Providers.Calls;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Idempotency;
using Republic.Core.Providers.Listings;
using Republic.Core.Providers.Overview;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Protocols;
using Republic.Core.Providers.Protocols.Anthropic;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Spending;
using Republic.Core.Providers.Spending.Admission;
using Republic.Core.Providers.Telemetry;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers;

public static class ProvidersRegistration
{
    public static IServiceCollection AddProviders(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => ProviderCatalog.Embedded());
        services.AddSingleton<IProviderNames>(provider => provider.GetRequiredService<ProviderCatalog>());
        services.Configure<UpstreamLimits>(configuration.GetSection("Providers:Limits"));
        services.AddSingleton<IModelProtocol, OpenAiProtocol>();
        services.AddSingleton<IModelProtocol, AnthropicProtocol>();
        services.TryAddSingleton<IModelHostTransport, NoModelHost>();
        services.TryAddSingleton<IInstalledModels, NoInstalledModels>();
        services.TryAddSingleton<PersonChanges>();
        services.AddSingleton<ModelTransports>();
        services.Configure<ListOptions>(configuration.GetSection("Providers:Lists"));
        services.AddSingleton<ProviderLists>();
        services.AddSingleton<ListedFacts>();
        services.AddSingleton(_ => ShutdownTable.Embedded());
        services.AddSingleton<ModelDeprecations>();
        services.Configure<RoutingLimits>(configuration.GetSection("Providers:Routing"));
        services.AddSingleton<UpstreamHealth>();
        services.AddSingleton<EndpointClient>();
        services.AddSingleton<RoutePlan>();
        services.AddSingleton<FailoverExecutor>();
        services.AddSingleton(provider => new RouteDryRun(
            provider.GetRequiredService<RoutePlan>(),
            provider.GetRequiredService<SpendingGate>(),
            provider.GetRequiredService<CachingExecutor>()
        ));
        services.Configure<AnswerCacheOptions>(configuration.GetSection(AnswerCacheOptions.Section));
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<CachingExecutor>();
        services.AddSingleton<CredentialCache>();
        services.AddSingleton<EndpointFinder>();
        services.AddSingleton<Credentials.CredentialReader>();
        services.AddSingleton<ProviderOverview>();
        services.AddSingleton<CredentialRules>();
        services.AddSingleton<ConnectionCheck>();
        services.AddSingleton<CredentialConnection>();
        services.AddScoped<CredentialEditor>();
        services.AddSingleton(CredentialEditor.SealedKeys);
        services.AddSingleton<CallLog>();
        services.AddHostedService<CallWriter>();
        services.Configure<IdempotencyOptions>(configuration.GetSection(IdempotencyOptions.Section));
        services.AddSingleton<KeptAnswers>();
        Sweep.AddTo<KeptAnswerSweep>(services);
        services.AddHostedService<RouterGauges>();
        services.AddSingleton(_ => PriceTable.Embedded());
        services.AddSingleton<IListedPrices>(provider => provider.GetRequiredService<ListedFacts>());
        services.AddSingleton<PriceBook>();
        services.AddSpending();
        services.AddSingleton(provider => new ModelRouter(
            provider.GetRequiredService<EndpointClient>(),
            provider.GetRequiredService<CachingExecutor>(),
            provider.GetRequiredService<CallLog>(),
            provider.GetRequiredService<PriceBook>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        return services;
    }
}
