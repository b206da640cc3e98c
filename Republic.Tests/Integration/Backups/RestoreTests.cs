using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Republic.Core;
using Republic.Core.Backups;
using Republic.Core.Backups.Restoring;
using Republic.Core.Backups.Taking;
using Republic.Core.Data;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Backups;

/// <summary>Restoring a backup into a PostgreSQL of one's own: what comes back, what is refused, and what a stop leaves.</summary>
public sealed class RestoreTests(BackedUp backedUp, TestDatabases databases) : IClassFixture<BackedUp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private BackupWorld World => backedUp.World;

    /// <summary>Restores as the command does.</summary>
    internal static Task<Outcome<BackupManifest>> RestoreAsync(
        DataFolder folder,
        string file,
        string database,
        bool isDryRun = false,
        BackupSteps? steps = null,
        CancellationToken? ct = null
    ) =>
        new BackupRestorer(folder, BackupWorld.Configuration).RestoreAsync(
            new RestoreOrder(file, ConnectionString: database, IsDryRun: isDryRun),
            steps,
            ct ?? Ct
        );

    /// <summary>Each time it is stopped at the next step, and each time Republic does not start on what is there.</summary>
    [Fact]
    public async Task Stopped_at_any_step_it_goes_on_and_all_comes_back_by_the_rights_of_an_owner_alone()
    {
        var (folder, database) = (World.NewFolderWithKey(), await World.NewOwnedDatabaseAsync());
        string[] stops =
        [
            "Writing files",
            "Making tables",
            "Writing tables",
            "Bringing tables to this version",
            "Moving everything to where it belongs",
        ];
        foreach (var stop in stops)
        {
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var steps = new BackupSteps(step => CancelAt(stop, step, stopping));

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                RestoreAsync(folder, backedUp.File, database, steps: steps, ct: stopping.Token)
            );

            Assert.Contains("Run the same republic restore command", Refused(folder), StringComparison.Ordinal);
            Assert.False(Directory.Exists(folder.Path("documents")));
        }

        var restored = await RestoreAsync(folder, backedUp.File, database);

        Assert.True(restored.Ok, restored.Failure?.Message);
        folder.RefuseUnrestored();
        Assert.Equal(BackupWorld.HashesOf(World.Folder), BackupWorld.HashesOf(folder));
        Assert.Equal(await BackupWorld.RowsAsync(World.ConnectionString), await BackupWorld.RowsAsync(database));
        Assert.Equal(await DatabaseSchema.ReadAsync(World.ConnectionString), await DatabaseSchema.ReadAsync(database));
        Assert.Equal("0", await EmbeddedServer.AskAsync(database, "select count(*) from pg_trigger where tgenabled <> 'O'"));
        Assert.Equal(await SequencesAsync(World.ConnectionString), await SequencesAsync(database));
        await World.DropAsync(database);
    }

    /// <summary>What a connection holds at once is less than such a table.</summary>
    [Fact]
    public async Task A_table_for_which_both_sides_have_to_wait_comes_back_whole()
    {
        const string digest = "select count(*) || md5(string_agg(error, '' order by file_name)) from backup_runs";
        await using var world = await BackupWorld.NewAsync(databases, await databases.NewAsync());
        await EmbeddedServer.AskAsync(
            world.ConnectionString,
            """
            with added as (
              insert into backup_runs (id, file_name, status, started_at, error)
              select gen_random_uuid(), n::text, 'Failed', now(), repeat(md5(n::text), 500) from generate_series(1, 1500) n
              returning 1)
            select count(*)::text from added
            """
        );
        var (folder, database) = (world.NewFolderWithKey(), await world.NewOwnedDatabaseAsync());

        var restored = await RestoreAsync(folder, await world.TakeAsync(), database);

        Assert.True(restored.Ok, restored.Failure?.Message);
        Assert.StartsWith("1500", await EmbeddedServer.AskAsync(database, digest), StringComparison.Ordinal);
        Assert.Equal(await EmbeddedServer.AskAsync(world.ConnectionString, digest), await EmbeddedServer.AskAsync(database, digest));
        await world.DropAsync(database);
    }

    [Fact]
    public async Task What_was_restored_is_backed_up_as_it_was()
    {
        var (folder, database) = (World.NewFolderWithKey(), await databases.NewWithoutTablesAsync());
        Assert.True((await RestoreAsync(folder, backedUp.File, database)).Ok);

        var again = await BackupWorld.TakeAsync(database, folder, World.PathOf("again.zip"));

        var first = (await World.Check.CheckAsync(backedUp.File, passphrase: null, Ct)).Value!;
        Assert.Equal(first.Tables.Select(table => (table.Name, table.Sha256)), again.Tables.Select(table => (table.Name, table.Sha256)));
        Assert.Equal(first.Sequences, again.Sequences);
        Assert.Equal(first.Files.Select(file => (file.Path, file.Sha256)), again.Files.Select(file => (file.Path, file.Sha256)));
        await databases.DropAsync(database);
    }

    [Fact]
    public async Task A_backup_of_the_version_before_is_brought_to_this_one_without_what_was_of_others()
    {
        var (old, database) = (await databases.NewWithoutTablesAsync(), await databases.NewWithoutTablesAsync());
        string before;
        await using (var db = new RepublicDb(new DbContextOptionsBuilder<RepublicDb>().UseNpgsql(old + ";Pooling=false").Options))
        {
            before = db.Database.GetMigrations().ToList()[^2];
            await db.GetService<IMigrator>().MigrateAsync(before, Ct);
        }

        await PlantedRows.AddAsync(old);
        await EmbeddedServer.AskAsync(old, "create table somebody_elses (id serial)");
        await using var world = await BackupWorld.NewAsync(databases, old);
        var file = await world.TakeAsync();
        var folder = world.NewFolderWithKey();

        var restored = await RestoreAsync(folder, file, database);

        Assert.True(restored.Ok, restored.Failure?.Message);
        Assert.Equal(before, restored.Value!.Migration);
        Assert.Equal(await DatabaseSchema.ReadAsync(World.ConnectionString), await DatabaseSchema.ReadAsync(database));
        Assert.Equal("3", await EmbeddedServer.AskAsync(database, "select count(*) from people"));
        Assert.Equal("3", await EmbeddedServer.AskAsync(database, "select count(*) from messages"));
        await databases.DropAsync(database);
    }

    [Fact]
    public async Task Over_something_it_is_not_restored()
    {
        var (database, occupied) = (await databases.NewWithoutTablesAsync(), World.NewFolderWithKey());
        Directory.CreateDirectory(occupied.Path("documents"));
        await File.WriteAllTextAsync(occupied.Path("documents", "mine"), "precious", Ct);

        Assert.Contains("is not empty: it has documents", await RefusalAsync(occupied, database), StringComparison.Ordinal);
        Assert.Contains(
            "is not empty: it has",
            await RefusalAsync(World.NewFolderWithKey(), World.ConnectionString),
            StringComparison.Ordinal
        );

        Assert.Equal("precious", await File.ReadAllTextAsync(occupied.Path("documents", "mine"), Ct));
        Assert.Equal(
            "0",
            await EmbeddedServer.AskAsync(database, "select count(*) from pg_class where relnamespace = 'public'::regnamespace")
        );
        await databases.DropAsync(database);
    }

    [Fact]
    public async Task Without_the_key_or_with_that_of_another_house_it_is_not_restored()
    {
        var (database, none, another) = (await databases.NewWithoutTablesAsync(), World.NewFolder(), World.NewFolder());
        var other = MasterKeys.Load(BackupWorld.Configuration, another).Current.Name;

        Assert.Contains(
            $"sealed under the master key {World.Key}, which is not here.",
            await RefusalAsync(none, database),
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(none.Root));
        Assert.Contains(
            $"{World.Key}, which is not here (here is {other})",
            await RefusalAsync(another, database),
            StringComparison.Ordinal
        );
        Assert.Equal(["keys"], Directory.EnumerateFileSystemEntries(another.Root).Select(Path.GetFileName));
        await databases.DropAsync(database);
    }

    [Fact]
    public async Task A_damaged_backup_or_one_of_a_later_version_is_not_restored()
    {
        var (database, folder) = (await databases.NewWithoutTablesAsync(), World.NewFolderWithKey());
        var (cut, later) = (World.PathOf("half.zip"), World.PathOf("later.zip"));
        var bytes = await File.ReadAllBytesAsync(backedUp.File, Ct);
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length / 2)], Ct);
        await using (var file = new FileStream(later, FileMode.CreateNew))
        {
            await using var writer = new BackupWriter(file);
            var manifest = new BackupManifest(
                BackupManifest.CurrentFormat,
                "99.0",
                DateTimeOffset.UnixEpoch,
                "20991231000000_Later",
                [World.Key],
                [],
                [],
                [],
                []
            );
            await writer.FinishAsync(manifest, Ct);
        }

        Assert.Contains("was cut or changed", await RefusalAsync(folder, database, cut), StringComparison.Ordinal);
        Assert.Contains("another version of Republic, 99.0", await RefusalAsync(folder, database, later), StringComparison.Ordinal);
        Assert.Equal(["keys"], Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName));
        await databases.DropAsync(database);
    }

    [Fact]
    public async Task A_dry_run_checks_everything_and_writes_nothing()
    {
        var (database, folder) = (await databases.NewWithoutTablesAsync(), World.NewFolderWithKey());

        var planned = await RestoreAsync(folder, backedUp.File, database, isDryRun: true);

        Assert.True(planned.Ok, planned.Failure?.Message);
        Assert.Equal(["keys"], Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName));
        Assert.Equal(
            "0",
            await EmbeddedServer.AskAsync(database, "select count(*) from pg_class where relnamespace = 'public'::regnamespace")
        );
        await databases.DropAsync(database);
    }

    /// <summary>Who made the file says in its manifest that all is well.</summary>
    [Fact]
    public async Task Rows_that_do_not_fit_together_are_not_kept()
    {
        await using var world = await BackupWorld.NewAsync(databases, await databases.NewAsync());
        await using (var connection = new NpgsqlConnection(world.ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync(Ct);
            await DatabaseSql.ExecuteAsync(connection, "begin", Ct);
            await ForeignKey.DropAllAsync(connection, Ct);
            await DatabaseSql.ExecuteAsync(connection, "commit", Ct);
        }

        await PlantedRows.AddAsync(world.ConnectionString);
        await using (var connection = new NpgsqlConnection(world.ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync(Ct);
            await DatabaseSql.ExecuteAsync(connection, "delete from conversations", Ct);
        }

        var (database, folder) = (await databases.NewWithoutTablesAsync(), world.NewFolderWithKey());
        var refused = await RestoreAsync(folder, await world.TakeAsync(), database);

        Assert.Contains("do not fit together", refused.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(
            "0",
            await EmbeddedServer.AskAsync(database, "select count(*) from pg_class where relnamespace = 'public'::regnamespace")
        );
        await databases.DropAsync(database);
    }

    private static void CancelAt(string stop, BackupProgress step, CancellationTokenSource stopping)
    {
        if (step.Doing == stop)
        {
            stopping.Cancel();
        }
    }

    private static string Refused(DataFolder folder) => Assert.Throws<StartupRefusedException>(folder.RefuseUnrestored).Message;

    private static async Task<IEnumerable<BackupSequence>> SequencesAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
        var tables = (await DatabaseCatalog.TablesAsync(connection, Ct)).Select(table => table.Name).ToHashSet();
        return await DatabaseCatalog.SequencesAsync(connection, tables, Ct);
    }

    private async Task<string> RefusalAsync(DataFolder folder, string database, string? file = null)
    {
        var restored = await RestoreAsync(folder, file ?? backedUp.File, database);
        Assert.False(restored.Ok);
        Assert.False(Directory.Exists(folder.Path("restoring")));
        return restored.Failure!.Message;
    }
}
