using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Host;
using Republic.Core.Inference.Supervision;
using Republic.Core.Providers;

namespace Republic.Core.Inference;

public static class ModelHostRegistration
{
    /// <summary>The child process that answers with local models, started with the app. Needs a registered <see cref="Data.DataFolder"/>.</summary>
    public static IServiceCollection AddModelHost(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ModelHostOptions>().Bind(configuration.GetSection("ModelHost")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ThreadScheduler>();
        services.AddSingleton<ModelHostSupervisor>();
        services.AddSingleton<IModelHostTransport>(provider => provider.GetRequiredService<ModelHostSupervisor>());
        return services.AddHostedService(provider => provider.GetRequiredService<ModelHostSupervisor>());
    }
}
