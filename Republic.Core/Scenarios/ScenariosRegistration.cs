using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Core.Scenarios.Versions;

namespace Republic.Core.Scenarios;

public static class ScenariosRegistration
{
    public static IServiceCollection AddScenarios(this IServiceCollection services)
    {
        services.AddSingleton<ScenarioCards>();
        services.AddSingleton<ScenarioDrafts>();
        services.AddScoped<ScenarioChanges>();
        services.AddScoped<ScenarioEditor>();
        services.AddScoped<StateEditor>();
        services.AddScoped<RoleEditor>();
        services.AddScoped<TransitionEditor>();
        services.AddScoped<FactEditor>();
        services.AddScoped<ScenarioVersions>();
        return services;
    }
}
