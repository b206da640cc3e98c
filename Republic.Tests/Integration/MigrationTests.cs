using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
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
        Assert.Contains(schema, line => line.StartsWith("citizens.display_name ", StringComparison.Ordinal));
        Assert.Equal(schema, await DatabaseSchema.ReadAsync(upgraded));
        await databases.DropAsync(fromNothing);
        await databases.DropAsync(upgraded);
    }

    /// <summary>Migrations without their models make what the model of today says, column by column.</summary>
    [Fact]
    public async Task The_columns_are_those_of_the_model()
    {
        var migrated = await databases.NewAsync();
        await using var db = Context(migrated);
        var wanted =
            from table in db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
            from column in table.Columns
            select $"{table.Name}.{column.Name} {column.StoreType}{(column.IsNullable ? "" : " not null")}";

        var missing = wanted.Except(await DatabaseSchema.ColumnsAsync(migrated));
        Assert.Empty(missing);
        await databases.DropAsync(migrated);
    }

    private static RepublicDb Context(string connectionString) =>
        new(new DbContextOptionsBuilder<RepublicDb>().UseNpgsql(connectionString + ";Pooling=false").Options);
}
