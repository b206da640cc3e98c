using Npgsql;
using Republic.Core.Security;

namespace Republic.Tests.World;

/// <summary>A row of a <see cref="SealedRing"/> that nobody else can write until this is let go.</summary>
public sealed class HeldRow(NpgsqlConnection connection, SecretBox box, Guid id) : IAsyncDisposable
{
    /// <summary>What a person's edit does to it; to be seen by others when this is let go.</summary>
    public async Task<byte[]> SaveAsync(string secret)
    {
        var value = box.Seal(secret, DataProtectionKey.SealedKeys.For(id));
        await using var save = new NpgsqlCommand("update data_protection_keys set sealed_xml = $1 where id = $2", connection);
        save.Parameters.AddWithValue(value);
        save.Parameters.AddWithValue(id);
        await save.ExecuteNonQueryAsync();
        return value;
    }

    /// <summary>Puts another row's value here.</summary>
    public async Task CopyAsync(Guid other)
    {
        await using var copy = new NpgsqlCommand(
            "update data_protection_keys set sealed_xml = (select sealed_xml from data_protection_keys where id = $1) where id = $2",
            connection
        );
        copy.Parameters.AddWithValue(other);
        copy.Parameters.AddWithValue(id);
        await copy.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await using var end = new NpgsqlCommand("commit", connection);
        await end.ExecuteNonQueryAsync();
        await connection.DisposeAsync();
    }
}
