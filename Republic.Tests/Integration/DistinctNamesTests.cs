using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>A republic from before names were unique.</summary>
public sealed class DistinctNamesTests(TestDatabases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_keeps_a_name_and_the_next_gets_a_number()
    {
        var there = await databases.NewAsync();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddRepublicData(
                new DataFolder(Path.GetTempPath()),
                new NpgsqlConnectionStringBuilder(there) { Pooling = false }.ConnectionString
            )
            .BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct);
        db.Users.AddRange(Settled("Mira", "Jonas", "MIRA"));
        await db.SaveChangesAsync(Ct);

        var migration = db.GetService<IMigrationsAssembly>()
            .Migrations.Single(m => m.Key.EndsWith("_SafeForOthers", StringComparison.Ordinal));
        var up = db.GetService<IMigrationsAssembly>()
            .CreateMigration(migration.Value, db.Database.ProviderName!)
            .UpOperations.OfType<SqlOperation>()
            .Where(step => step.Sql.Contains("normalized_user_name", StringComparison.Ordinal))
            .ToList<MigrationOperation>();
        Assert.Single(up);
        foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(up))
        {
            await db.Database.ExecuteSqlRawAsync(command.CommandText.Replace("{", "{{").Replace("}", "}}"), Ct);
        }

        var names = await db.Users.AsNoTracking().OrderBy(p => p.Id).Select(p => p.Citizen.DisplayName).ToListAsync(Ct);
        Assert.Equal(["Mira", "Jonas", "MIRA 2"], names);
        Assert.Equal(["MIRA", "JONAS", "MIRA 2"], await db.Users.OrderBy(p => p.Id).Select(p => p.NormalizedUserName).ToListAsync(Ct));
        await databases.DropAsync(there);
    }

    /// <summary>As people were then: called by their address. Their ids are in the order of their names here.</summary>
    private static List<Person> Settled(params string[] names)
    {
        var people = names.Select((_, i) => Person.New($"p{i}@republic.example", "", DateTimeOffset.UnixEpoch)).OrderBy(p => p.Id).ToList();
        foreach (var (person, name) in people.Zip(names))
        {
            var called = person.Email!.ToUpperInvariant();
            person.Citizen.DisplayName = name;
            (person.UserName, person.NormalizedUserName, person.NormalizedEmail) = (person.Email, called, called);
        }

        return people;
    }
}
