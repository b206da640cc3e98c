using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

public sealed class LateDatabaseTests(TestDatabases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_waits_for_a_database_that_is_still_starting()
    {
        var there = await databases.NewAsync();
        await using var door = new DatabaseDoor(there);
        var late = new NpgsqlConnectionStringBuilder(door.ConnectionString) { Pooling = false }.ConnectionString;
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddRepublicData(new DataFolder(Path.GetTempPath()), late)
            .BuildServiceProvider();

        var starting = DataRegistration.MigrateAsync(services, Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(700), Ct);
        Assert.False(starting.IsCompleted);
        door.Open();
        await starting;

        await using (var db = await services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct))
        {
            Assert.Empty(await db.Database.GetPendingMigrationsAsync(Ct));
        }

        await door.CloseAsync();
        await databases.DropAsync(there);
    }

    [Fact]
    public async Task A_start_waits_for_a_database_that_restarts_after_it_was_migrated()
    {
        var there = await databases.NewAsync();
        await using var door = new DatabaseDoor(there);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddRepublicData(
                new DataFolder(Path.GetTempPath()),
                new NpgsqlConnectionStringBuilder(door.ConnectionString) { Pooling = false }.ConnectionString
            )
            .AddSingleton<NodeNotices>()
            .AddSingleton<AllowedHosts>()
            .AddSingleton<AllowedHostWatch>()
            .BuildServiceProvider();

        var starting = services.GetRequiredService<AllowedHostWatch>().StartAsync(Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(200), Ct);
        Assert.False(starting.IsCompleted);
        door.Open();
        await starting;

        await services.GetRequiredService<AllowedHostWatch>().StopAsync(Ct);
        await door.CloseAsync();
        await databases.DropAsync(there);
    }

    [Fact]
    public async Task A_database_that_refuses_is_not_waited_for()
    {
        var there = await databases.NewAsync();
        var wrong = new NpgsqlConnectionStringBuilder(there) { Password = "another", Pooling = false }.ConnectionString;
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddRepublicData(new DataFolder(Path.GetTempPath()), wrong)
            .BuildServiceProvider();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => DataRegistration.MigrateAsync(services, Ct));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        await databases.DropAsync(there);
    }

    [Fact]
    public async Task A_database_of_another_version_is_refused_and_left_as_it_is()
    {
        var there = await databases.NewAsync();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddRepublicData(
                new DataFolder(Path.GetTempPath()),
                new NpgsqlConnectionStringBuilder(there) { Pooling = false }.ConnectionString
            )
            .BuildServiceProvider();
        await using (var db = await services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct))
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                delete from "__EFMigrationsHistory" where "MigrationId" <> (select min("MigrationId") from "__EFMigrationsHistory");
                update "__EFMigrationsHistory" set "MigrationId" = '20261120145400_First'
                """,
                Ct
            );
        }

        var refused = await Assert.ThrowsAsync<StartupRefusedException>(() => DataRegistration.MigrateAsync(services, Ct));

        Assert.Contains("20261120145400_First", refused.Message, StringComparison.Ordinal);
        Assert.Contains("REPUBLIC_DATA", refused.Message, StringComparison.Ordinal);
        await using (var db = await services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct))
        {
            Assert.Equal(["20261120145400_First"], await db.Database.GetAppliedMigrationsAsync(Ct));
        }

        await databases.DropAsync(there);
    }
}
