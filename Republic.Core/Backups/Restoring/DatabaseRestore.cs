using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Core.Backups.Restoring;

/// <summary>
/// Fills an empty database with the tables of a backup, in one transaction: whatever stops it, the database is empty or whole. It needs the
/// rights of the owner alone.
/// </summary>
internal sealed class DatabaseRestore(RepublicDb db, BackupFileReader backup, string mark, ProgressMeter meter)
{
    private readonly NpgsqlConnection connection = (NpgsqlConnection)db.Database.GetDbConnection();
    private readonly List<BackupTable> tables = [];
    private readonly List<BackupSequence> sequences = [];

    /// <summary>The migrations that this version knows.</summary>
    public static IReadOnlyList<string> KnownMigrations()
    {
        using var db = Connect("Host=nowhere");
        return [.. db.Database.GetMigrations()];
    }

    /// <summary>What already is in the database; null where it is empty, or not made yet.</summary>
    public static async Task<Failure?> RefusalAsync(string connectionString, CancellationToken ct)
    {
        await using var db = await OpenAsync(connectionString, ct);
        return db is null ? null : RefusalOf(await DatabaseCatalog.OccupiedByAsync(ConnectionOf(db), ct));
    }

    /// <summary>Waits until the server has ended what a restore had it do that was killed: before, nobody knows whether that filled the database.</summary>
    public static async Task SettleAsync(string connectionString, CancellationToken ct)
    {
        await using var db = await OpenAsync(connectionString, ct);
        if (db is not null)
        {
            await DatabaseSql.ExecuteAsync(ConnectionOf(db), $"select pg_advisory_xact_lock({AdvisoryLocks.Schema})", ct);
        }
    }

    /// <summary>Whether the restore that is known by this filled the database.</summary>
    public static async Task<bool> HasMarkAsync(string mark, string connectionString, CancellationToken ct)
    {
        await using var db = await OpenAsync(connectionString, ct);
        return db is not null
            && mark
                == await DatabaseSql.ScalarAsync<string>(
                    ConnectionOf(db),
                    $"select coalesce(obj_description(to_regclass('{DatabaseSql.Quoted(DatabaseCatalog.History)}'), 'pg_class'), '')",
                    ct
                );
    }

    /// <param name="mark">By which the database knows afterwards what filled it.</param>
    /// <returns>Why the database stays empty; null when it is filled.</returns>
    public static async Task<Failure?> RunAsync(
        BackupFileReader backup,
        string connectionString,
        string mark,
        ProgressMeter meter,
        CancellationToken ct
    )
    {
        await using var db = Connect(connectionString);
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(ct))
        {
            await creator.CreateAsync(ct);
        }

        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await new DatabaseRestore(db, backup, mark, meter).FillAsync(ct) is { } refused)
            {
                return refused;
            }

            await transaction.CommitAsync(ct);
            return null;
        }
        // Data, or what tables demand of each other: the rows are not those of such a schema.
        catch (PostgresException e) when (e.SqlState[..2] is "22" or "23")
        {
            return Failure.Unprocessable($"The backup's tables do not fit together, and nothing of them was kept: {e.MessageText}");
        }
    }

    private static RepublicDb Connect(string connectionString)
    {
        var own = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 };
        var options = new DbContextOptionsBuilder<RepublicDb>()
            .UseNpgsql(own.ConnectionString)
            // EF refuses to migrate in a transaction of somebody else, since it takes no lock there: the lock is ours.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MigrationsUserTransactionWarning));
        return new RepublicDb(options.Options);
    }

    /// <returns>Null where there is no such database yet.</returns>
    private static async Task<RepublicDb?> OpenAsync(string connectionString, CancellationToken ct)
    {
        var db = Connect(connectionString);
        try
        {
            if (await db.GetService<IRelationalDatabaseCreator>().ExistsAsync(ct))
            {
                await db.Database.OpenConnectionAsync(ct);
                return db;
            }
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }

        await db.DisposeAsync();
        return null;
    }

    private static NpgsqlConnection ConnectionOf(RepublicDb db) => (NpgsqlConnection)db.Database.GetDbConnection();

    private static Failure? RefusalOf(List<string> tables) =>
        tables.Count == 0
            ? null
            : Failure.Conflict(
                $"The database is not empty: it has {NameList.Of(tables)}. A backup is restored into an empty one; name it in ConnectionStrings__Db."
            );

    private async Task<Failure?> FillAsync(CancellationToken ct)
    {
        await DatabaseSql.ExecuteAsync(connection, DatabaseSql.Settings, ct);
        // An app that starts on this database meanwhile waits here until all is there.
        await DatabaseSql.ExecuteAsync(connection, $"select pg_advisory_xact_lock({AdvisoryLocks.Schema})", ct);
        if (RefusalOf(await DatabaseCatalog.OccupiedByAsync(connection, ct)) is { } occupied)
        {
            return occupied;
        }

        meter.Begin("Making tables", null);
        // EF asks for what was applied before it makes this table, and a query that fails would end the transaction.
        await DatabaseSql.ExecuteAsync(connection, db.GetService<IHistoryRepository>().GetCreateScript(), ct);
        await db.GetService<IMigrator>().MigrateAsync(backup.Manifest.Migration, ct);
        if (await DifferenceAsync(ct) is { } difference)
        {
            return Failure.Unprocessable($"The backup does not hold the tables of its version: {difference}.");
        }

        var foreignKeys = await ForeignKey.DropAllAsync(connection, ct);
        if (await CopyAllAsync(ct) is { } miscounted)
        {
            return miscounted;
        }

        meter.Begin("Checking what tables say of each other", null);
        foreach (var key in foreignKeys)
        {
            await key.CreateAsync(connection, ct);
        }

        await SetSequencesAsync(ct);
        meter.Begin("Bringing tables to this version", null);
        await db.GetService<IMigrator>().MigrateAsync(targetMigration: null, ct);
        await DatabaseSql.ExecuteAsync(connection, $"comment on table {DatabaseSql.Quoted(DatabaseCatalog.History)} is '{mark}'", ct);
        ct.ThrowIfCancellationRequested();
        return null;
    }

    /// <summary>
    /// What the backup lacks of its schema; null where it has all. What else is in it was somebody else's in the same database, and stays out.
    /// </summary>
    private async Task<string?> DifferenceAsync(CancellationToken ct)
    {
        var held = backup.Manifest.Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        foreach (var (name, columns) in await DatabaseCatalog.TablesAsync(connection, ct))
        {
            if (!held.TryGetValue(name, out var table))
            {
                return $"{name} is missing";
            }

            if (!AreSame(columns, table.Columns))
            {
                return $"{name} has other columns";
            }

            tables.Add(table);
        }

        foreach (var there in await DatabaseCatalog.SequencesAsync(connection, tables.Select(table => table.Name).ToHashSet(), ct))
        {
            if (backup.Manifest.Sequences.FirstOrDefault(one => one.Name == there.Name) is not { } sequence)
            {
                return $"{there.Name} is missing";
            }

            sequences.Add(sequence);
        }

        return null;
    }

    private static bool AreSame(string[] there, IReadOnlyList<string> held) =>
        there.Length == held.Count && there.ToHashSet(StringComparer.Ordinal).SetEquals(held);

    private async Task<Failure?> CopyAllAsync(CancellationToken ct)
    {
        var names = tables.Select(table => DatabaseSql.Quoted(table.Name)).ToList();
        // Triggers would write what is in the backup already, and one lets nobody change the audit log.
        await ForEachAsync(names, name => $"alter table {name} disable trigger user", ct);
        // What migrations put there is in the backup too.
        await DatabaseSql.ExecuteAsync(connection, $"truncate {string.Join(", ", names)}", ct);
        meter.Begin("Writing tables", tables.Sum(table => table.Bytes));
        foreach (var table in tables)
        {
            await CopyAsync(table, ct);
            var rows = await DatabaseSql.ScalarAsync<long>(connection, $"select count(*) from {DatabaseSql.Quoted(table.Name)}", ct);
            if (rows != table.Rows)
            {
                return Failure.Unprocessable($"Of the {table.Rows} rows of {table.Name} the database took {rows}, so none was kept.");
            }
        }

        await ForEachAsync(names, name => $"alter table {name} enable trigger user", ct);
        await DatabaseSql.ExecuteAsync(connection, $"analyze {string.Join(", ", names)}", ct);
        return null;
    }

    private async Task CopyAsync(BackupTable table, CancellationToken ct)
    {
        // Disposing of it says that all rows came. Where they did not, the transaction's end takes them back.
        var writer = await connection.BeginTextImportAsync($"{DatabaseSql.Copied(table.Name, table.Columns)} from stdin", ct);
        // Npgsql takes 0 for a time that is over at once.
        writer.Timeout = Timeout.Infinite;
        await backup.CopyTableAsync(table, writer.BaseStream, meter.Advance, ct);
        await writer.DisposeAsync();
    }

    private async Task SetSequencesAsync(CancellationToken ct)
    {
        foreach (var sequence in sequences)
        {
            await using var set = new NpgsqlCommand("select setval($1::regclass, $2, $3)", connection) { CommandTimeout = 0 };
            set.Parameters.AddWithValue(DatabaseSql.Quoted(sequence.Name));
            set.Parameters.AddWithValue(sequence.LastValue);
            set.Parameters.AddWithValue(sequence.IsCalled);
            await set.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task ForEachAsync(IEnumerable<string> names, Func<string, string> sql, CancellationToken ct)
    {
        foreach (var name in names)
        {
            await DatabaseSql.ExecuteAsync(connection, sql(name), ct);
        }
    }
}
