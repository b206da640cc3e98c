using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core.Data;
using Republic.Core.Security;
using Republic.Core.Security.Rotation;

namespace Republic.Bench;

/// <summary>A PostgreSQL of its own with known secrets in it, sealed under the key of a data folder.</summary>
internal sealed class Ring : IAsyncDisposable
{
    private static readonly SealedColumn Column = DataProtectionKey.SealedKeys;

    private readonly EmbeddedPostgres postgres;
    private readonly NpgsqlDataSource database;

    private Ring(EmbeddedPostgres postgres, DataFolder folder)
    {
        (this.postgres, Folder) = (postgres, folder);
        database = NpgsqlDataSource.Create(postgres.ConnectionString);
    }

    public string ConnectionString => postgres.ConnectionString;

    public DataFolder Folder { get; }

    /// <summary>In the order in which rows are sealed anew.</summary>
    public IReadOnlyList<Guid> Ids { get; private set; } = [];

    /// <summary>Times that a secret was not there any more.</summary>
    public int Lost { get; private set; }

    public static async Task<Ring> NewAsync(int rows)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("republic-keys-").FullName);
        var ring = new Ring(await EmbeddedPostgres.StartAsync(folder, NullLogger.Instance, CancellationToken.None), folder);
        await using (var db = new RepublicDb(new DbContextOptionsBuilder<RepublicDb>().UseNpgsql(ring.ConnectionString).Options))
        {
            await db.Database.MigrateAsync();
        }

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

    /// <summary>Opens every secret with what lies in the folder now; gives how many are under which key.</summary>
    public async Task<Dictionary<uint, int>> OpenAllAsync()
    {
        var box = new SecretBox(Keys());
        Dictionary<uint, int> versions = [];
        await using var command = database.CreateCommand("select id, sealed_xml from data_protection_keys where friendly_name = 'planted'");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var (id, value) = (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1));
            if (SecretBox.KeyVersionOf(value) is { } version && Opens(box, id, value))
            {
                versions[version] = versions.GetValueOrDefault(version) + 1;
            }
        }

        Lost += Ids.Count - versions.Values.Sum();
        return versions;
    }

    /// <summary>Holds one row, so that whoever wants to write it stands still exactly there.</summary>
    public async Task<NpgsqlConnection> HoldAsync(Guid id)
    {
        // Closing it without a commit lets go.
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var begin = new NpgsqlCommand($"begin; select 1 from data_protection_keys where id = '{id}' for update", connection);
        await begin.ExecuteNonQueryAsync();
        return connection;
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
        await postgres.DisposeAsync();
        Directory.Delete(Folder.Root, recursive: true);
    }

    private static bool Opens(SecretBox box, Guid id, byte[] value)
    {
        try
        {
            return box.Open(value, Column.For(id)) == Secret(id);
        }
        catch (SecretUnreadableException)
        {
            return false;
        }
    }

    private static string Secret(Guid id) => $"canary-{id:n}";
}
