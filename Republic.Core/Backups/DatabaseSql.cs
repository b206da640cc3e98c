using Npgsql;

namespace Republic.Core.Backups;

/// <summary>SQL on the one connection of a backup or a restore, which takes as long as it takes.</summary>
internal static class DatabaseSql
{
    /// <summary>Texts of values, and how long it may take, do not depend on what a database or its user has set. One came with PostgreSQL 17.</summary>
    public const string Settings = """
        set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC'; set local bytea_output = 'hex';
        set local extra_float_digits = 1; set local statement_timeout = 0; set local lock_timeout = 0;
        set local idle_in_transaction_session_timeout = 0;
        select set_config(name, '0', true) from pg_settings where name = 'transaction_timeout';
        """;

    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>As <c>COPY</c> takes it, before <c>TO STDOUT</c> or <c>FROM STDIN</c>.</summary>
    public static string Copied(string table, IEnumerable<string> columns) =>
        $"copy {Quoted(table)} ({string.Join(", ", columns.Select(Quoted))})";

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    public static async Task<List<T>> RowsAsync<T>(
        NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken ct
    )
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<T> rows = [];
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
