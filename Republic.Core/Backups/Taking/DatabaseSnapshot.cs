using System.Buffers.Binary;
using System.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Core.Backups.Taking;

/// <summary>All tables as they are at one moment, while everybody goes on: one transaction on one connection.</summary>
internal sealed class DatabaseSnapshot : IAsyncDisposable
{
    private readonly RepublicDb db;
    private readonly NpgsqlConnection connection;

    private DatabaseSnapshot(RepublicDb db) => (this.db, connection) = (db, (NpgsqlConnection)db.Database.GetDbConnection());

    public IReadOnlyList<(string Name, string[] Columns)> Tables { get; private set; } = [];

    /// <summary>Null before the first migration: then there is no Republic in the database.</summary>
    public string? Migration { get; private set; }

    /// <summary>Names of tables that are not Republic's.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    public static async Task<DatabaseSnapshot> OpenAsync(IDbContextFactory<RepublicDb> databases, CancellationToken ct)
    {
        var context = await databases.CreateDbContextAsync(ct);
        try
        {
            await context.Database.OpenConnectionAsync(ct);
            return new DatabaseSnapshot(context);
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the lock of backups, which is held until this is disposed of.</summary>
    /// <returns>False where another backup has it.</returns>
    public Task<bool> TryLockAsync(CancellationToken ct) =>
        DatabaseSql.ScalarAsync<bool>(connection, $"select pg_try_advisory_lock({AdvisoryLocks.Backup})", ct);

    public async Task BeginAsync(CancellationToken ct)
    {
        await DatabaseSql.ExecuteAsync(connection, $"begin isolation level repeatable read read only; {DatabaseSql.Settings}", ct);
        // The first query was the moment.
        var all = await DatabaseCatalog.TablesAsync(connection, ct);
        if (!all.Exists(table => table.Name == DatabaseCatalog.History))
        {
            return;
        }

        Migration = (await DatabaseCatalog.MigrationsAsync(connection, ct)).Max(StringComparer.Ordinal);
        // Of an older schema nobody here knows which tables are its own: a restore takes those alone.
        var known = db.Model.GetEntityTypes().Select(entity => entity.GetTableName()).Append(DatabaseCatalog.History).ToHashSet();
        var isNewest = Migration == db.Database.GetMigrations().Max(StringComparer.Ordinal);
        Tables = all.FindAll(table => !isNewest || known.Contains(table.Name));
        Others = [.. all.Select(table => table.Name).Except(Tables.Select(table => table.Name))];
        // What another version rewrites from here on would look empty to this transaction.
        var names = string.Join(", ", Tables.Select(table => DatabaseSql.Quoted(table.Name)));
        await DatabaseSql.ExecuteAsync(connection, $"lock table {names} in access share mode", ct);
    }

    /// <summary>Ends the moment: the tables are not read any more.</summary>
    public Task EndAsync(CancellationToken ct) => DatabaseSql.ExecuteAsync(connection, "commit", ct);

    /// <summary>Those of the tables.</summary>
    public async Task<IReadOnlyList<BackupSequence>> SequencesAsync(CancellationToken ct) =>
        await DatabaseCatalog.SequencesAsync(connection, Tables.Select(table => table.Name).ToHashSet(), ct);

    public Task<long> SizeAsync(CancellationToken ct) => DatabaseCatalog.SizeAsync(connection, ct);

    public async Task<CopiedBytes> CopyAsync(
        string table,
        IReadOnlyList<string> columns,
        Stream to,
        Action<long> advance,
        CancellationToken ct
    )
    {
        using var reader = await connection.BeginTextExportAsync($"{DatabaseSql.Copied(table, columns)} to stdout", ct);
        // Npgsql takes 0 for a time that is over at once.
        reader.Timeout = Timeout.Infinite;
        // The bytes as they come: nobody here has to read the text.
        return await HashedCopy.RunAsync(reader.BaseStream, to, long.MaxValue, advance, ct);
    }

    /// <summary>The names of the master keys under which values of a column are sealed; none where this schema has no such column.</summary>
    public async Task<IReadOnlyList<string>> KeysOfAsync(SealedColumn column, CancellationToken ct)
    {
        if (!Tables.Any(table => table.Name == column.Table && table.Columns.Contains(column.Column)))
        {
            return [];
        }

        // SecretBox writes the format first, and then four bytes of key version, the lowest first.
        var versions = await DatabaseSql.RowsAsync(
            connection,
            $"""
            select distinct substring({DatabaseSql.Quoted(column.Column)} from 2 for 4) from {DatabaseSql.Quoted(column.Table)}
            where octet_length({DatabaseSql.Quoted(column.Column)}) > 4
            """,
            row => row.GetFieldValue<byte[]>(0),
            ct
        );
        return [.. versions.Select(version => $"{BinaryPrimitives.ReadUInt32LittleEndian(version):x8}").Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (connection.State == ConnectionState.Open)
            {
                await DatabaseSql.ExecuteAsync(connection, "rollback", CancellationToken.None);
                await DatabaseSql.ExecuteAsync(connection, $"select pg_advisory_unlock({AdvisoryLocks.Backup})", CancellationToken.None);
            }
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection broke, and with it the lock and the transaction.
        }

        await db.Database.CloseConnectionAsync();
        await db.DisposeAsync();
    }
}
