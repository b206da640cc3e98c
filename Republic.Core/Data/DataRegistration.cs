using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Republic.Core.Data;

public static class DataRegistration
{
    /// <summary>
    /// The limit of each command while the schema is migrated: of a migration, and of the wait for the lock while another node migrates.
    /// </summary>
    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromMinutes(10);

    public static IServiceCollection AddRepublicData(this IServiceCollection services, DataFolder folder, string connectionString)
    {
        services.AddSingleton(folder).AddSingleton<AfterCommit>();
        services.AddPooledDbContextFactory<RepublicDb>(
            (provider, options) => options.UseNpgsql(connectionString).AddInterceptors(provider.GetServices<IInterceptor>())
        );
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContext());
        return services;
    }

    /// <summary>
    /// Brings the schema up to date. Nodes that start at once do so one after the other. A database that is still starting, as after a
    /// power cut, is waited for.
    /// </summary>
    /// <exception cref="StartupRefusedException">Another version of Republic made the database, and this one cannot read it.</exception>
    public static Task MigrateAsync(IServiceProvider services, CancellationToken ct) =>
        DatabaseStart.RunAsync(
            () => MigrateAsync(services.GetRequiredService<IDbContextFactory<RepublicDb>>(), ct),
            services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(DataRegistration)),
            ct
        );

    private static async Task MigrateAsync(IDbContextFactory<RepublicDb> databases, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (known, applied) = (db.Database.GetMigrations().ToList(), (await db.Database.GetAppliedMigrationsAsync(ct)).ToList());
        RefuseForeign(known, applied);
        // To find that there is nothing to do takes EF a lock, and half a second for comparing its models.
        if (known.Except(applied).Any())
        {
            await MigrateUnderLockAsync(db, ct);
        }
    }

    /// <summary>
    /// Holds a lock of our own over all migrations: EF releases its lock after each, and another node's could come between two.
    /// </summary>
    private static async Task MigrateUnderLockAsync(RepublicDb db, CancellationToken ct)
    {
        await CreateAsync(db.GetService<IRelationalDatabaseCreator>(), ct);
        db.Database.SetCommandTimeout(MigrationTimeout);
        // The lock belongs to this connection.
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_lock({AdvisoryLocks.Schema})", ct);
        try
        {
            await db.Database.MigrateAsync(ct);
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock({AdvisoryLocks.Schema})", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task CreateAsync(IRelationalDatabaseCreator creator, CancellationToken ct)
    {
        try
        {
            if (!await creator.ExistsAsync(ct))
            {
                await creator.CreateAsync(ct);
            }
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node has made it at the same moment.
        }
    }

    /// <summary>To migrate a database that has steps which are unknown here would fail halfway, or corrupt what a newer version wrote.</summary>
    private static void RefuseForeign(IEnumerable<string> known, IEnumerable<string> applied)
    {
        var unknown = applied.Except(known).ToList();
        if (unknown.Count > 0)
        {
            throw new StartupRefusedException(
                $"Another version of Republic made this database ({unknown[^1]}), and this version cannot read it. Nothing was changed. "
                    + "To begin anew, name another data folder (REPUBLIC_DATA) or another database (ConnectionStrings__Db); "
                    + "to keep what it holds, start the version that made it."
            );
        }
    }
}
