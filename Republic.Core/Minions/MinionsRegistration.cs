using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Minions.Access;
using Republic.Core.Minions.Models;
using Republic.Core.Minions.Profiles;

namespace Republic.Core.Minions;

public static class MinionsRegistration
{
    public static IServiceCollection AddMinions(this IServiceCollection services)
    {
        services.AddSingleton<MinionRules>();
        services.AddSingleton<MinionTargets>();
        services.AddSingleton(MinionTargets.SealedKeys);
        services.AddSingleton<MinionConnection>();
        services.AddSingleton<MinionRoutes>();
        services.AddSingleton<MinionDeprecations>();
        services.AddSingleton<ModelSync>();
        services.AddSingleton<ProviderModels>();
        Sweep.AddTo<SyncSweep>(services);
        services.AddScoped<MinionEditor>();
        services.AddScoped<CardFiles>();
        services.AddSingleton<MinionChanges>();
        services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<MinionChanges>());
        services.AddSingleton<ApiKeyCache>();
        services.AddSingleton<BrowserOrigins>();
        services.AddSingleton<DailyCalls>();
        services.AddSingleton<QueryCounts>();
        services.AddHostedService(provider => provider.GetRequiredService<QueryCounts>());
        return services;
    }
}
