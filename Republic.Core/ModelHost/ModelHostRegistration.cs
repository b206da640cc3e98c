using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.ModelHost.Supervision;
using Republic.Core.ModelHost.Threads;
using Republic.Core.ModelHost.Training;
using Republic.Core.Providers;

namespace Republic.Core.ModelHost;

public static class ModelHostRegistration
{
    /// <summary>Local models: the child process, started with the app, and those that train. Needs a registered <see cref="Data.DataFolder"/>.</summary>
    public static IServiceCollection AddModelHost(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ModelHostOptions>().Bind(configuration.GetSection("ModelHost")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ThreadScheduler>();
        services.AddSingleton<ModelHostSupervisor>();
        services.AddSingleton<IModelHostTransport>(provider => provider.GetRequiredService<ModelHostSupervisor>());
        services.AddSingleton<TrainingSupervisor>();
        services.AddHostedService(provider => provider.GetRequiredService<TrainingSupervisor>());
        return services.AddHostedService(provider => provider.GetRequiredService<ModelHostSupervisor>());
    }
}
