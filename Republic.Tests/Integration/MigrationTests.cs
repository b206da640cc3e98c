using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Accounts;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;
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

    [Fact]
    public async Task Nodes_that_start_at_once_on_a_database_without_tables_take_turns()
    {
        var fresh = await databases.NewWithoutTablesAsync();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddRepublicData(new DataFolder(Path.GetTempPath()), fresh)
            .BuildServiceProvider();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => DataRegistration.MigrateAsync(services, Ct), Ct)));

        await using (var db = Context(fresh))
        {
            Assert.Empty(await db.Database.GetPendingMigrationsAsync(Ct));
        }

        await databases.DropAsync(fresh);
    }

    [Fact]
    public async Task Answers_of_the_version_before_keep_their_text_and_their_state()
    {
        var upgraded = await databases.NewAsync();
        await using (var db = Context(upgraded))
        {
            var person = Person.New("mira@republic.example", "Mira", DateTimeOffset.UnixEpoch);
            var minion = NewMinion(person.Id, "pim", "local", "sprout", null, null);
            db.AddRange(person, minion);
            await db.SaveChangesAsync(Ct);
            var migrations = db.Database.GetMigrations().ToList();
            var before = migrations[migrations.FindIndex(name => name.EndsWith("_Turns", StringComparison.Ordinal)) - 1];
            await db.GetService<IMigrator>().MigrateAsync(before, Ct);
            await PlantAnswersAsync(db, person.Id, minion.Id);
            await db.Database.MigrateAsync(Ct);

            var closed = await db.CloseTurnsAsync(db.TaskAttempts, TurnState.Interrupted, TurnCancellation.Interrupted, Ct);
            Assert.Single(closed);
        }

        await using (var db = Context(upgraded))
        {
            (TurnState, bool, string)[] attempts =
            [
                (TurnState.Failed, false, "Failed"),
                (TurnState.Complete, false, "HandedIn"),
                (TurnState.Stopped, false, "Stopped"),
                (TurnState.Complete, true, "Waiting"),
                (TurnState.Interrupted, false, "Working"),
            ];
            var stored = await db.TaskAttempts.AsNoTracking().ToListAsync(Ct);
            Assert.Equal(attempts, stored.Select(a => (a.State, a.IsQuestion, a.Content)).OrderBy(a => a.Content, StringComparer.Ordinal));
            Assert.All(stored.Where(a => a.State == TurnState.Complete), a => Assert.Equal(DateTimeOffset.UnixEpoch, a.UpdatedAt));
            var answers = await db.ComparisonAnswers.AsNoTracking().OrderBy(a => a.Position).ToListAsync(Ct);
            Assert.Equal([(TurnState.Complete, "0"), (TurnState.Failed, "1")], answers.Select(a => (a.State, a.Content)));
            Assert.Distinct(answers.Select(a => a.Id));
        }

        await databases.DropAsync(upgraded);
    }

    [Fact]
    public async Task Minions_on_the_built_in_model_lose_the_sampling_that_nobody_chose()
    {
        var upgraded = await databases.NewAsync();
        await using (var db = Context(upgraded))
        {
            var person = Person.New("mira@republic.example", "Mira", DateTimeOffset.UnixEpoch);
            db.Add(person);
            db.AddRange(
                NewMinion(person.Id, "plain", "local", "sprout", 0.7, 0.9),
                NewMinion(person.Id, "unset", "local", "sprout", null, null),
                NewMinion(person.Id, "chosen", "local", "sprout", 0.7, 0.5),
                NewMinion(person.Id, "larger", "local", "llama", 0.7, 0.9),
                NewMinion(person.Id, "elsewhere", "custom", "sprout", 0.7, 0.9)
            );
            await db.SaveChangesAsync(Ct);
            var migrations = db.Database.GetMigrations().ToList();
            var before = migrations[migrations.FindIndex(name => name.EndsWith("_NullableSampling", StringComparison.Ordinal)) - 1];
            await db.GetService<IMigrator>().MigrateAsync(before, Ct);
            await db.Database.MigrateAsync(Ct);
        }

        await using (var db = Context(upgraded))
        {
            var stored = await db.Minions.OrderBy(m => m.Name).ToListAsync(Ct);
            (string, double?, double?)[] expected =
            [
                ("chosen", 0.7, 0.5),
                ("elsewhere", 0.7, 0.9),
                ("larger", 0.7, 0.9),
                ("plain", null, null),
                ("unset", null, null),
            ];
            Assert.Equal(expected, stored.Select(m => (m.Name, m.Temperature, m.TopP)));
        }

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

    private static Minion NewMinion(Guid owner, string name, string provider, string model, double? temperature, double? topP)
    {
        var minion = Minion.New(owner, Guid.CreateVersion7(), name, RepublicKey.New(), DateTimeOffset.UnixEpoch);
        (minion.Name, minion.Provider, minion.ModelId) = (name, provider, model);
        (minion.Temperature, minion.TopP) = (temperature, topP);
        return minion;
    }

    private static RepublicDb Context(string connectionString) =>
        new(new DbContextOptionsBuilder<RepublicDb>().UseNpgsql(connectionString + ";Pooling=false").Options);

    /// <summary>As the version before stores them; the text of each is its state, or its position.</summary>
    private static async Task PlantAnswersAsync(RepublicDb db, Guid owner, Guid minion)
    {
        foreach (var (number, state) in ((string[])["HandedIn", "Waiting", "Failed", "Working", "Stopped"]).Index())
        {
            var task = Guid.CreateVersion7();
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into tasks (id, owner_id, created_by, root_id, number, title, status, priority, level, position, labels, round, created_at, updated_at)
                  values ({task}, {owner}, {owner}, {task}, {number}, {state}, 'InProgress', 'Medium', 1, 0, array[]::text[], 1, 'epoch', 'epoch');
                insert into task_attempts (id, owner_id, task_id, minion_id, round, state, text, bare_request, created_at)
                  values (gen_random_uuid(), {owner}, {task}, {minion}, 1, {state}, {state}, false, 'epoch')
                """,
                Ct
            );
        }

        var comparison = Guid.CreateVersion7();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into comparisons (id, owner_id, minion_id, prompt, is_blind, seed, created_at, is_tie)
              values ({comparison}, {owner}, {minion}, 'Hi', false, 1, 'epoch', false);
            insert into comparison_answers (comparison_id, position, minion_id, version, state, text)
              values ({comparison}, 0, {minion}, 0, 'Complete', '0'), ({comparison}, 1, {minion}, 1, 'Failed', '1')
            """,
            Ct
        );
    }
}
