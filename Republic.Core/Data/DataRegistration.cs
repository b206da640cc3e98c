using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Data;

public static class DataRegistration
{
    public static IServiceCollection AddRepublicData(this IServiceCollection services, DataFolder folder, string connectionString)
    {
        services.AddSingleton(folder);
        services.AddPooledDbContextFactory<RepublicDb>(
            (provider, options) => options.UseNpgsql(connectionString).AddInterceptors(provider.GetServices<IInterceptor>())
        );
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContext());
        return services;
    }

    /// <summary>Brings the schema up to date. Two nodes that start at once take turns: EF holds a lock while it migrates.</summary>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(ct);
        await db.Database.MigrateAsync(ct);
    }
}
