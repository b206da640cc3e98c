using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;

namespace Republic.Core.Security;

public static class SecurityRegistration
{
    /// <exception cref="StartupRefusedException">The configured master key cannot be used.</exception>
    public static IServiceCollection AddSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        // Read now, so that a bad key stops the start and not somebody's first save.
        var configured = MasterKey.FromSetting(configuration);
        services.AddSingleton(provider => configured ?? MasterKey.Load(configuration, provider.GetRequiredService<DataFolder>()));
        services.AddSingleton<SecretBox>();
        services.Configure<OutboundOptions>(configuration.GetSection("Outbound"));
        services.AddSingleton<IHostResolver, SystemHostResolver>();
        services.AddSingleton<OutboundGuard>();
        services.AddDataProtection().SetApplicationName("Republic");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<IDbContextFactory<RepublicDb>, SecretBox>(
                (keys, databases, box) =>
                {
                    keys.XmlRepository = new DatabaseXmlRepository(databases);
                    keys.XmlEncryptor = new SealedXmlEncryptor(box);
                }
            );
        return services;
    }
}
