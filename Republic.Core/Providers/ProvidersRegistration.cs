using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Republic.Core.Providers.Protocols;

namespace Republic.Core.Providers;

public static class ProvidersRegistration
{
    public static IServiceCollection AddProviders(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => ProviderCatalog.Embedded());
        services.Configure<UpstreamLimits>(configuration.GetSection("Providers:Limits"));
        services.AddSingleton<IModelProtocol, OpenAiProtocol>();
        services.TryAddSingleton<IModelHostTransport, NoModelHost>();
        services.AddSingleton<ModelTransports>();
        services.AddSingleton<ModelRouter>();
        return services;
    }
}
