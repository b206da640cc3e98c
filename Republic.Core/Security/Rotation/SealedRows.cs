using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Republic.Core.Security.Rotation;

/// <summary>
/// The sealed values of one column, read and replaced by row. Plain SQL over a registered table and column: nothing here knows the
/// entities, and nothing else of a row is touched.
/// </summary>
internal sealed class SealedRows(NpgsqlDataSource database, SealedColumn column)
{
    private const int Page = 500;

    private readonly string table = Quoted(column.Table);
    private readonly string id = Quoted(column.IdColumn);
    private readonly string value = Quoted(column.Column);

    // SecretBox writes the format first, and then four bytes of key version, the lowest first.
    private string VersionOfValue => $"substring({value} from 2 for 4)";

    public async Task<IReadOnlyList<SealedCount>> CountAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select {VersionOfValue}, count(*) from {table} where {value} is not null group by 1 order by 1"
        );
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new List<SealedCount>();
        while (await reader.ReadAsync(ct))
        {
            var version = reader.GetFieldValue<byte[]>(0);
            counts.Add(
                new SealedCount(column, version.Length == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(version) : 0, reader.GetInt64(1))
            );
        }

        return counts;
    }

    /// <summary>Rows that are not under this version, a page at a time, so that no query stays open while values are sealed.</summary>
    public async IAsyncEnumerable<(Guid Id, byte[] Value)> OthersAsync(uint version, [EnumeratorCancellation] CancellationToken ct)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, version);
        var last = Guid.Empty;
        while (true)
        {
            var page = await PageAsync(bytes, last, ct);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1].Id;
        }
    }

    /// <summary>False when the row has changed or gone since it was read: what somebody saved meanwhile is never written over.</summary>
    public async Task<bool> ReplaceAsync(Guid row, byte[] old, byte[] @new, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"update {table} set {value} = $1 where {id} = $2 and {value} = $3");
        command.Parameters.AddWithValue(@new);
        command.Parameters.AddWithValue(row);
        command.Parameters.AddWithValue(old);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    private async Task<List<(Guid Id, byte[] Value)>> PageAsync(byte[] version, Guid after, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"select {id}, {value} from {table} where {value} is not null and {VersionOfValue} <> $1 and {id} > $2 order by {id} limit {Page}"
        );
        command.Parameters.AddWithValue(version);
        command.Parameters.AddWithValue(after);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<(Guid, byte[])>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add((reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)));
        }

        return rows;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
