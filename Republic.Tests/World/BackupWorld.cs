using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Republic.Core.Backups;
using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Tests.World;

/// <summary>A database and a data folder with something in each, without the app; and a folder beside them for backups.</summary>
public sealed class BackupWorld : IAsyncDisposable
{
    private readonly TestDatabases databases;
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("republic-backups-");
    private readonly ServiceProvider services;

    private BackupWorld(TestDatabases databases, string connectionString)
    {
        (this.databases, ConnectionString) = (databases, connectionString);
        Folder = NewFolder();
        Key = MasterKeys.Load(Configuration, Folder).Current.Name;
        services = Services(Folder, connectionString);
    }

    public static IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();

    public string ConnectionString { get; }

    public DataFolder Folder { get; }

    /// <summary>The name of the master key in <see cref="Folder"/>.</summary>
    public string Key { get; }

    public BackupTaker Taker => services.GetRequiredService<BackupTaker>();

    public BackupCheck Check => services.GetRequiredService<BackupCheck>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="connectionString">Of a database that is there; null for a new one with rows in each table.</param>
    public static async Task<BackupWorld> NewAsync(TestDatabases databases, string? connectionString = null)
    {
        ArgumentNullException.ThrowIfNull(databases);
        var world = new BackupWorld(databases, connectionString ?? await databases.NewAsync());
        if (connectionString is null)
        {
            await PlantedRows.AddAsync(world.ConnectionString);
        }

        foreach (var (path, text) in Files())
        {
            var full = world.Folder.Path(path.Split('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            await File.WriteAllTextAsync(full, text, Ct);
        }

        return world;
    }

    public string PathOf(string name) => Path.Combine(root.FullName, name);

    /// <summary>A data folder with nothing in it, not even its own folder.</summary>
    public DataFolder NewFolder() => new(PathOf($"data-{Guid.CreateVersion7():N}"));

    /// <summary>A data folder with nothing but the key of this world in it.</summary>
    public DataFolder NewFolderWithKey()
    {
        var folder = NewFolder();
        File.Copy(Folder.Path("keys", "master.key"), Path.Combine(folder.Folder("keys"), "master.key"));
        return folder;
    }

    /// <summary>The path of a backup that was taken.</summary>
    public async Task<string> TakeAsync(string? passphrase = null)
    {
        var taken = await Taker.TakeAsync(PathOf($"{Guid.CreateVersion7():N}.zip"), passphrase, progress: null, Ct);
        Assert.True(taken.Ok, taken.Failure?.Message);
        return taken.Value!.File;
    }

    /// <summary>Takes a backup of any database and folder.</summary>
    public static async Task<BackupManifest> TakeAsync(string connectionString, DataFolder folder, string file)
    {
        await using var own = Services(folder, connectionString);
        var taken = await own.GetRequiredService<BackupTaker>().TakeAsync(file, passphrase: null, progress: null, Ct);
        Assert.True(taken.Ok, taken.Failure?.Message);
        return taken.Value!.Manifest;
    }

    /// <summary>A database that was never used, of a role that may do nothing but what its owner may.</summary>
    public async Task<string> NewOwnedDatabaseAsync()
    {
        var fresh = new NpgsqlConnectionStringBuilder(await databases.NewWithoutTablesAsync());
        var owner = $"owner_{Guid.CreateVersion7():N}";
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await DatabaseSql.ExecuteAsync(connection, $"create role {owner} login password 'owns'", Ct);
        await DatabaseSql.ExecuteAsync(connection, $"alter database {fresh.Database} owner to {owner}", Ct);
        (fresh.Username, fresh.Password) = (owner, "owns");
        return fresh.ConnectionString;
    }

    public async Task DropAsync(string connectionString)
    {
        var owned = new NpgsqlConnectionStringBuilder(connectionString);
        await databases.DropAsync(connectionString);
        if (owned.Username?.StartsWith("owner_", StringComparison.Ordinal) == true)
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            await connection.OpenAsync(Ct);
            await DatabaseSql.ExecuteAsync(connection, $"drop role {owned.Username}", Ct);
        }
    }

    /// <summary>Every row of every table, in the order of the tables.</summary>
    public static async Task<string> RowsAsync(string connectionString)
    {
        var options = new DbContextOptionsBuilder<RepublicDb>().UseNpgsql(connectionString + ";Pooling=false").Options;
        await using var db = new RepublicDb(options);
        return await DatabaseDump.OfAsync(db);
    }

    /// <summary>The hashes of the files that belong into a backup, by their paths.</summary>
    public static IReadOnlyDictionary<string, string> HashesOf(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new DirectoryInfo(folder.Root)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder.Root, file.FullName).Replace('\\', '/'), file.FullName))
            .Where(file => BackupPaths.IsSafe(file.Path))
            .ToDictionary(file => file.Path, file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName))));
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await databases.DropAsync(ConnectionString);
        root.Delete(recursive: true);
    }

    private static ServiceProvider Services(DataFolder folder, string connectionString) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new DatabaseClock())
            .AddSingleton(Configuration)
            .AddSingleton(DataProtectionKey.SealedKeys)
            .AddBackups()
            .AddRepublicData(folder, connectionString)
            .BuildServiceProvider();

    private static IEnumerable<(string Path, string Text)> Files() =>
        [
            ("documents/0197", "A document."),
            ("documents/0198", "A document."),
            ("datasets/0197/source", "{\"messages\": []}\n"),
            ("datasets/0197/v1-1/samples.jsonl", new string('r', 300_000)),
            ("adapters/0197.gguf", "GGUF and more"),
            ("personal-models/0197.gguf", ""),
            ("models/Großes Modell.gguf", "GGUF"),
            ("unwritten/counts-0197.json", "[]"),
            ("model-host/quarantine.json", "[]"),
            // These are in no backup.
            ("documents/0199.part", "half"),
            ("model-host/12-ab.sock", ""),
            ("tool-commands/0197/note.txt", "gone at its end"),
        ];
}
