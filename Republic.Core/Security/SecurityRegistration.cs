using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;

namespace Republic.Core.Security;

public static class SecurityRegistration
{
    /// <exception cref="StartupRefusedException">The configured master key cannot be used.</exception>
    public static IServiceCollection AddSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        // Read now, so that a bad key stops the start and not somebody's first save.
        var configured = MasterKey.FromSetting(configuration);
        var previous = MasterKey.Previous(configuration);
        services.AddSingleton(provider => new MasterKeys(configured, previous, provider.GetRequiredService<DataFolder>()));
        services.AddSingleton<SecretBox>();
        services.AddSingleton(DataProtectionKey.SealedKeys);
        services.Configure<OutboundOptions>(configuration.GetSection("Outbound"));
        services.AddSingleton<IHostResolver, SystemHostResolver>();
        services.AddSingleton<AllowedHosts>();
        services.AddSingleton<AllowedHostWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<AllowedHostWatch>());
        services.AddScoped<AllowedHostEditor>();
        services.AddSingleton<OutboundGuard>();
        services.AddDataProtection().SetApplicationName("Republic");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<IDbContextFactory<RepublicDb>, SecretBox, ILogger<DatabaseXmlRepository>>(
                (keys, databases, box, log) =>
                {
                    keys.XmlRepository = new DatabaseXmlRepository(databases, box, log);
                    keys.XmlEncryptor = new RowSealing();
                }
            );
        return services;
    }
}
