using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>A republic from before names were unique.</summary>
public sealed class DistinctNamesTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_keeps_a_name_and_the_next_gets_a_number()
    {
        await using var db = await republic.Services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct);
        await db.Database.ExecuteSqlAsync($"update citizens set display_name = 'MIRA' where id = {republic.Ada.Id}", Ct);
        await db.Database.ExecuteSqlAsync($"update people set user_name = email, normalized_user_name = normalized_email", Ct);

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
    }
}
