using System.Text;
using Npgsql;
using Republic.Core.Backups;
using Republic.Core.Data;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Backups;

/// <summary>Taking a backup: what is in it, what is refused, and what is left behind.</summary>
public sealed class BackupTests(BackedUp backedUp, TestDatabases databases) : IClassFixture<BackedUp>
{
    private const string Passphrase = "seven moons over a tin roof";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private BackupWorld World => backedUp.World;

    [Fact]
    public async Task It_names_what_is_in_it_and_has_each_content_once()
    {
        var manifest = (await World.Check.CheckAsync(backedUp.File, passphrase: null, Ct)).Value!;

        Assert.Equal([World.Key], manifest.Keys);
        Assert.All(manifest.Tables.Where(table => table.Name != "__EFMigrationsHistory"), table => Assert.Equal(3, table.Rows));
        Assert.Contains("citizens", manifest.Tables.Select(table => table.Name));
        Assert.Equal(BackupWorld.HashesOf(World.Folder), manifest.Files.ToDictionary(file => file.Path, file => file.Sha256));
        Assert.Single(
            manifest.Files.Where(file => file.Path.StartsWith("documents/", StringComparison.Ordinal)).DistinctBy(file => file.Entry)
        );
        Assert.DoesNotContain("search", manifest.Tables.Single(table => table.Name == "passages").Columns);
        Assert.NotEmpty(manifest.Sequences);
        Assert.Empty(manifest.LeftOut);
    }

    [Fact]
    public async Task Nothing_in_it_or_of_its_taking_tells_the_key()
    {
        var key = Convert.FromBase64String((await File.ReadAllTextAsync(World.Folder.Path("keys", "master.key"), Ct)).Trim());
        var bytes = await File.ReadAllBytesAsync(backedUp.File, Ct);

        Assert.Equal(-1, bytes.AsSpan().IndexOf(key));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(key))));
        Assert.False(
            Directory.Exists(World.Folder.Path("backup-links"))
                && Directory.EnumerateFileSystemEntries(World.Folder.Path("backup-links")).Any()
        );
        Assert.False(File.Exists(backedUp.File + ".part"));
    }

    [Fact]
    public async Task With_a_passphrase_nobody_reads_it_without()
    {
        var file = await World.TakeAsync(Passphrase);

        Assert.True((await World.Check.CheckAsync(file, Passphrase, Ct)).Ok);
        Assert.Contains("is encrypted", await ProblemAsync(file), StringComparison.Ordinal);
        Assert.Contains("does not open with this passphrase", await ProblemAsync(file, "eight moons"), StringComparison.Ordinal);
        Assert.Equal(-1, (await File.ReadAllBytesAsync(file, Ct)).AsSpan().IndexOf("manifest.json"u8));
    }

    [Fact]
    public async Task Cut_at_any_point_it_is_refused()
    {
        var bytes = await File.ReadAllBytesAsync(backedUp.File, Ct);
        var cut = World.PathOf("cut.zip");
        foreach (var point in Enumerable.Range(0, 40))
        {
            await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length * point / 40)], Ct);
            Assert.NotNull(await ProblemAsync(cut));
        }

        await File.WriteAllBytesAsync(cut, bytes[..^1], Ct);
        Assert.NotNull(await ProblemAsync(cut));
    }

    /// <summary>Some bytes of a ZIP file say what other bytes say too, such as the hour of an entry.</summary>
    [Fact]
    public async Task With_any_byte_changed_it_is_refused_or_the_same()
    {
        var bytes = await File.ReadAllBytesAsync(backedUp.File, Ct);
        var whole = (await World.Check.CheckAsync(backedUp.File, passphrase: null, Ct)).Value!.Serialize();
        var (changed, refused) = (World.PathOf("changed.zip"), 0);
        foreach (var at in Enumerable.Range(0, 60).Select(point => (int)((bytes.Length - 1L) * point / 59)))
        {
            var copy = bytes.ToArray();
            copy[at] ^= 0x41;
            await File.WriteAllBytesAsync(changed, copy, Ct);
            var read = await World.Check.CheckAsync(changed, passphrase: null, Ct);
            Assert.True(!read.Ok || read.Value.Serialize().SequenceEqual(whole), $"at {at}");
            refused += read.Ok ? 0 : 1;
        }

        Assert.InRange(refused, 30, 60);
    }

    [Fact]
    public async Task Rows_and_files_are_those_of_one_moment()
    {
        await using var world = await BackupWorld.NewAsync(databases);
        var (before, hashes) = (await BackupWorld.RowsAsync(world.ConnectionString), BackupWorld.HashesOf(world.Folder));
        var steps = new BackupSteps(step => ChangeAtOnce(world, step));
        var taken = await world.Taker.TakeAsync(world.PathOf("moment.zip"), passphrase: null, steps, Ct);
        var (database, folder) = (await databases.NewWithoutTablesAsync(), world.NewFolderWithKey());

        var restored = await RestoreTests.RestoreAsync(folder, taken.Value!.File, database);

        Assert.True(restored.Ok, restored.Failure?.Message);
        Assert.NotEqual(before, await BackupWorld.RowsAsync(world.ConnectionString));
        Assert.Equal(before, await BackupWorld.RowsAsync(database));
        Assert.Equal(hashes, BackupWorld.HashesOf(folder));
        await databases.DropAsync(database);
    }

    [Fact]
    public async Task Where_something_is_already_nothing_is_written()
    {
        var file = World.PathOf("there.zip");
        await File.WriteAllTextAsync(file, "precious", Ct);

        Assert.Contains("is there already", await RefusalAsync(file), StringComparison.Ordinal);
        Assert.Contains("There is no folder", await RefusalAsync(World.PathOf("none/backup.zip")), StringComparison.Ordinal);
        Assert.Contains("lies in the data folder", await RefusalAsync(World.Folder.Path("backup.zip")), StringComparison.Ordinal);
        Assert.Contains("lies in the data folder", await RefusalAsync(World.Folder.Path("documents", "b.zip")), StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(file, Ct));
    }

    [Fact]
    public async Task Of_two_at_once_the_second_is_refused()
    {
        await using var other = new NpgsqlConnection(World.ConnectionString + ";Pooling=false");
        await other.OpenAsync(Ct);
        await DatabaseSql.ExecuteAsync(other, $"select pg_advisory_lock({AdvisoryLocks.Backup})", Ct);

        Assert.Contains(
            "Another backup of this Republic is being taken",
            await RefusalAsync(World.PathOf("second.zip")),
            StringComparison.Ordinal
        );

        await DatabaseSql.ExecuteAsync(other, $"select pg_advisory_unlock({AdvisoryLocks.Backup})", Ct);
        Assert.True(File.Exists(await World.TakeAsync()));
    }

    [Fact]
    public async Task A_full_disk_is_said_in_a_sentence_and_leaves_nothing()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        var file = World.PathOf("full.zip");
        File.CreateSymbolicLink(file + ".part", "/dev/full");

        Assert.Contains($"The disk of {file} is full", await RefusalAsync(file), StringComparison.Ordinal);

        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "full.zip*"));
    }

    [Fact]
    public async Task Without_the_key_there_is_none_and_the_key_is_named()
    {
        await using var world = await BackupWorld.NewAsync(databases, await databases.NewAsync());
        var path = world.Folder.Path("keys", "master.key");
        var lost = await File.ReadAllTextAsync(path, Ct);
        File.Delete(path);
        Assert.Contains("There is no master key here", await RefusalAsync(world.PathOf("none.zip"), world), StringComparison.Ordinal);
        Assert.False(File.Exists(path));

        await File.WriteAllTextAsync(path, lost, Ct);
        await SealAsync(world);
        File.Delete(path);
        Assert.Contains(
            $"the master key {world.Key}, which is not here",
            await RefusalAsync(world.PathOf("lost.zip"), world),
            StringComparison.Ordinal
        );

        var other = MasterKeys.Load(BackupWorld.Configuration, world.Folder).Current.Name;
        Assert.NotEqual(world.Key, other);
        Assert.Contains(
            $"the master key {world.Key}, which is not here",
            await RefusalAsync(world.PathOf("other.zip"), world),
            StringComparison.Ordinal
        );

        // What the lost key sealed is a cookie key, and the app has made another one since.
        await SealAsync(world);
        var taken = await world.Taker.TakeAsync(world.PathOf("since.zip"), passphrase: null, progress: null, Ct);
        Assert.Equal([other], taken.Value!.Manifest.Keys);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_in_it_and_writes_nothing()
    {
        var plan = (await World.Taker.PlanAsync(World.PathOf("planned.zip"), Ct)).Value!;

        var hashes = BackupWorld.HashesOf(World.Folder);
        Assert.Equal((hashes.Count, World.Key), (plan.Files, plan.Key));
        Assert.InRange(plan.Tables, 50, 1000);
        Assert.InRange(plan.FileBytes, 300_000, 301_000);
        Assert.InRange(plan.TableBytes, 1, long.MaxValue);
        Assert.False(File.Exists(World.PathOf("planned.zip")));
    }

    [Fact]
    public async Task A_database_without_Republic_is_seen()
    {
        await using var world = await BackupWorld.NewAsync(databases, await databases.NewWithoutTablesAsync());

        Assert.Contains(
            "There is nothing in this database yet",
            await RefusalAsync(world.PathOf("empty.zip"), world),
            StringComparison.Ordinal
        );
    }

    /// <summary>As a role that owns what is Republic's, and may not even read the rest.</summary>
    [Fact]
    public async Task What_others_have_in_the_same_schema_is_named_and_not_taken()
    {
        var (database, owner) = (await databases.NewAsync(), $"owner_{Guid.CreateVersion7():N}");
        await EmbeddedServer.AskAsync(
            database,
            $"""
            create role {owner} login password 'owns';
            do $do$ declare one text; begin
              for one in select tablename from pg_tables where schemaname = 'public' loop
                execute format('alter table %I owner to {owner}', one);
              end loop;
            end $do$;
            create table somebody_elses (id serial); create sequence of_nobody
            """
        );
        var owned = new NpgsqlConnectionStringBuilder(database) { Username = owner, Password = "owns" };
        await using (var world = await BackupWorld.NewAsync(databases, owned.ConnectionString))
        {
            var taken = await world.Taker.TakeAsync(world.PathOf("shared.zip"), passphrase: null, progress: null, Ct);

            Assert.True(taken.Ok, taken.Failure?.Message);
            Assert.Equal("table somebody_elses: it is not Republic's", Assert.Single(taken.Value!.Manifest.LeftOut));
            Assert.All(taken.Value.Manifest.Sequences, one => Assert.DoesNotMatch("somebody|nobody", one.Name));
        }

        await EmbeddedServer.AskAsync(World.ConnectionString, $"drop role {owner}");
    }

    /// <summary>While the tables are written, a file and rows go, and others come.</summary>
    private static void ChangeAtOnce(BackupWorld world, BackupProgress step)
    {
        var document = world.Folder.Path("documents", "0197");
        if (step.Doing != "Writing tables" || !File.Exists(document))
        {
            return;
        }

        File.Delete(document);
        File.WriteAllText(world.Folder.Path("documents", "0200"), "later");
        using var connection = new NpgsqlConnection(world.ConnectionString + ";Pooling=false");
        connection.Open();
        using var change = new NpgsqlCommand(
            "delete from allowed_hosts; insert into counted_batches (id, taken_in_at) values (gen_random_uuid(), now())",
            connection
        );
        change.ExecuteNonQuery();
    }

    private static async Task SealAsync(BackupWorld world)
    {
        var id = Guid.CreateVersion7();
        var box = new SecretBox(MasterKeys.Load(BackupWorld.Configuration, world.Folder));
        await using var connection = new NpgsqlConnection(world.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var insert = new NpgsqlCommand(
            "insert into data_protection_keys (id, friendly_name, sealed_xml) values ($1, 'planted', $2)",
            connection
        );
        insert.Parameters.AddWithValue(id);
        insert.Parameters.AddWithValue(box.Seal("<key/>", DataProtectionKey.SealedKeys.For(id)));
        await insert.ExecuteNonQueryAsync(Ct);
    }

    private async Task<string?> ProblemAsync(string file, string? passphrase = null) =>
        (await World.Check.CheckAsync(file, passphrase, Ct)).Failure?.Message;

    private async Task<string> RefusalAsync(string file, BackupWorld? world = null)
    {
        var taken = await (world ?? World).Taker.TakeAsync(file, passphrase: null, progress: null, Ct);
        Assert.False(taken.Ok);
        Assert.False(File.Exists(file + ".part"));
        return taken.Failure!.Message;
    }
}
