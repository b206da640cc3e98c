using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Sources;

namespace Republic.Core.PersonalModels.Fitting;

public static class FittingRegistration
{
    /// <summary>The catalogue, and whether a model fits before it is downloaded. Needs a registered <see cref="Data.DataFolder"/> and the model host's options.</summary>
    public static IServiceCollection AddModelFitting(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<PersonalModelOptions>()
            .Bind(configuration.GetSection(PersonalModelOptions.Section))
            .Validate(o => o is { QuotaBytes: > 0, MaxFileBytes: > 0, AtOnce: > 0 }, "Limits below PersonalModels are above 0.")
            .ValidateOnStart();
        services.TryAddSingleton<SourceClient>();
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<RemoteHeaders>();
        services.AddSingleton<SharedModels>();
        services.AddSingleton<LocalHeaders>();
        services.AddSingleton<HostModels>();
        return services.AddSingleton<ModelFits>();
    }
}
