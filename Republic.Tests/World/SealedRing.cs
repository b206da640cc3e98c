using Microsoft.Extensions.Configuration;
using Npgsql;
using Republic.Core.Data;
using Republic.Core.Security;
using Republic.Core.Security.Rotation;

namespace Republic.Tests.World;

/// <summary>A database with known secrets in it, sealed under the key of a data folder: for tests that change the key.</summary>
public sealed class SealedRing : IAsyncDisposable
{
    private static readonly SealedColumn Column = DataProtectionKey.SealedKeys;

    private readonly TestDatabases databases;
    private readonly NpgsqlDataSource database;

    private SealedRing(TestDatabases databases, string connectionString)
    {
        (this.databases, ConnectionString) = (databases, connectionString);
        database = NpgsqlDataSource.Create(connectionString);
        Folder = new DataFolder(Directory.CreateTempSubdirectory("republic-ring-").FullName);
    }

    public string ConnectionString { get; }

    public DataFolder Folder { get; }

    /// <summary>In the order in which rows are sealed anew.</summary>
    public IReadOnlyList<Guid> Ids { get; private set; } = [];

    public static async Task<SealedRing> NewAsync(TestDatabases databases, int rows)
    {
        var ring = new SealedRing(databases, await databases.NewAsync());
        var box = new SecretBox(ring.Keys());
        ring.Ids = [.. Enumerable.Range(0, rows).Select(_ => Guid.CreateVersion7()).Order()];
        foreach (var id in ring.Ids)
        {
            await using var insert = ring.database.CreateCommand(
                "insert into data_protection_keys (id, friendly_name, sealed_xml) values ($1, 'planted', $2)"
            );
            insert.Parameters.AddWithValue(id);
            insert.Parameters.AddWithValue(box.Seal(Secret(id), Column.For(id)));
            await insert.ExecuteNonQueryAsync();
        }

        return ring;
    }

    /// <summary>The keys as a process that starts now finds them.</summary>
    public MasterKeys Keys() => MasterKeys.Load(new ConfigurationBuilder().Build(), Folder);

    public KeyRotation Rotation() => new(database, Keys(), [Column], Folder);

    /// <summary>Fails unless every secret opens with what lies in the folder now; gives how many need which key.</summary>
    public async Task<Dictionary<uint, int>> OpenAllAsync()
    {
        var box = new SecretBox(Keys());
        var versions = new Dictionary<uint, int>();
        await using var command = database.CreateCommand("select id, sealed_xml from data_protection_keys where friendly_name = 'planted'");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var (id, value) = (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1));
            Assert.Equal(Secret(id), box.Open(value, Column.For(id)));
            var version = SecretBox.KeyVersionOf(value)!.Value;
            versions[version] = versions.GetValueOrDefault(version) + 1;
        }

        Assert.Equal(Ids.Count, versions.Values.Sum());
        return versions;
    }

    /// <summary>Holds one row, so that whoever wants to write it stands still exactly there.</summary>
    public async Task<HeldRow> HoldAsync(Guid id)
    {
        var connection = await database.OpenConnectionAsync();
        await using var begin = new NpgsqlCommand($"begin; select 1 from data_protection_keys where id = '{id}' for update", connection);
        await begin.ExecuteNonQueryAsync();
        return new HeldRow(connection, new SecretBox(Keys()), id);
    }

    public async Task<byte[]> ValueAsync(Guid id)
    {
        await using var command = database.CreateCommand("select sealed_xml from data_protection_keys where id = $1");
        command.Parameters.AddWithValue(id);
        return (byte[])(await command.ExecuteScalarAsync())!;
    }

    public async Task<bool> SomebodyWaitsAsync()
    {
        await using var command = database.CreateCommand(
            "select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"
        );
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await databases.DropAsync(ConnectionString);
        Directory.Delete(Folder.Root, recursive: true);
    }

    private static string Secret(Guid id) => $"canary-{id:n}";
}
