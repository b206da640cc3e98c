using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Republic.Core.Host;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Sources;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>Registers the services that judge whether models fit into memory.</summary>
public static class FittingRegistration
{
    /// <summary>
    /// Adds the catalogue and the memory verdicts. Needs a registered <see cref="Data.DataFolder"/> and the options of the model host.
    /// </summary>
    public static IServiceCollection AddModelFitting(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<PersonalModelOptions>()
            .Bind(configuration.GetSection(PersonalModelOptions.Section))
            .Validate(o => o is { QuotaBytes: > 0, MaxFileBytes: > 0, AtOnce: > 0 }, "The limits below PersonalModels must be above 0.")
            .ValidateOnStart();
        services.TryAddSingleton<SourceClient>();
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<RemoteHeaders>();
        services.AddSingleton<SharedModels>();
        services.AddSingleton<LocalHeaders>();
        services.TryAddSingleton<ThreadScheduler>();
        services.AddSingleton<HostModels>();
        return services.AddSingleton<ModelFits>();
    }
}
