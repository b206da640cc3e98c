using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

public sealed class MigrationTests(TestDatabases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_schema_is_the_same_from_nothing_and_from_the_version_before()
    {
        var (fromNothing, upgraded) = (await databases.NewAsync(), await databases.NewWithoutTablesAsync());
        await using (var db = Context(upgraded))
        {
            var before = db.Database.GetMigrations().ToList()[^2];
            await db.GetService<IMigrator>().MigrateAsync(before, Ct);
            await db.Database.MigrateAsync(Ct);
        }

        var schema = await DatabaseSchema.ReadAsync(fromNothing);
        Assert.Contains(schema, line => line.StartsWith("minions.display_name ", StringComparison.Ordinal));
        Assert.Equal(schema, await DatabaseSchema.ReadAsync(upgraded));
        await databases.DropAsync(fromNothing);
        await databases.DropAsync(upgraded);
    }

    /// <summary>Migrations without their models make what the model of today says, column by column and index by index.</summary>
    [Fact]
    public async Task The_schema_is_that_of_the_model()
    {
        var (migrated, created) = (await databases.NewAsync(), await databases.NewWithoutTablesAsync());
        await using (var db = Context(created))
        {
            await db.Database.EnsureCreatedAsync(Ct);
        }

        var missing = (await DatabaseSchema.ReadAsync(created)).Except(await DatabaseSchema.ReadAsync(migrated));
        Assert.Empty(missing);
        await databases.DropAsync(migrated);
        await databases.DropAsync(created);
    }

    private static RepublicDb Context(string connectionString) =>
        new(new DbContextOptionsBuilder<RepublicDb>().UseNpgsql(connectionString + ";Pooling=false").Options);
}
