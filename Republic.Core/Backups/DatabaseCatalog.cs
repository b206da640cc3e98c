using Npgsql;

namespace Republic.Core.Backups;

/// <summary>What is in the schema of a database, but for what belongs to an extension.</summary>
internal static class DatabaseCatalog
{
    public const string History = "__EFMigrationsHistory";

    private const string Own = """
        c.relnamespace = (select oid from pg_namespace where nspname = current_schema())
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        """;

    /// <summary>The queue of jobs is filled anew from their rows by whatever node starts; its names begin so.</summary>
    private const string NoQueue = "c.relname not like 'quartz\\_%'";

    /// <summary>Tables with the columns that are not computed.</summary>
    public static Task<List<(string Name, string[] Columns)>> TablesAsync(NpgsqlConnection connection, CancellationToken ct) =>
        DatabaseSql.RowsAsync(
            connection,
            $"""
            select c.relname, array_agg(a.attname::text order by a.attnum)
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            where c.relkind = 'r' and {NoQueue} and {Own}
            group by c.oid, c.relname order by c.relname collate "C"
            """,
            row => (row.GetString(0), row.GetFieldValue<string[]>(1)),
            ct
        );

    /// <summary>About how many bytes the tables take, and with them what is too long for a row of theirs.</summary>
    public static Task<long> SizeAsync(NpgsqlConnection connection, CancellationToken ct) =>
        DatabaseSql.ScalarAsync<long>(
            connection,
            $"select coalesce(sum(pg_table_size(c.oid)), 0)::bigint from pg_class c where c.relkind = 'r' and {NoQueue} and {Own}",
            ct
        );

    /// <summary>The sequences that number a column of one of these tables. Others are somebody else's, who need not let this account read them.</summary>
    public static async Task<List<BackupSequence>> SequencesAsync(
        NpgsqlConnection connection,
        IReadOnlySet<string> tables,
        CancellationToken ct
    )
    {
        var found = await DatabaseSql.RowsAsync(
            connection,
            $"""
            select c.relname, t.relname
            from pg_class c
            join pg_depend o on o.classid = 'pg_class'::regclass and o.objid = c.oid
              and o.refclassid = 'pg_class'::regclass and o.deptype in ('a', 'i')
            join pg_class t on t.oid = o.refobjid
            where c.relkind = 'S' and {NoQueue} and {Own} order by c.relname collate "C"
            """,
            row => (Name: row.GetString(0), Table: row.GetString(1)),
            ct
        );
        List<BackupSequence> sequences = [];
        foreach (var (name, _) in found.Where(one => tables.Contains(one.Table)))
        {
            sequences.AddRange(
                await DatabaseSql.RowsAsync(
                    connection,
                    $"select last_value, is_called from {DatabaseSql.Quoted(name)}",
                    row => new BackupSequence(name, row.GetInt64(0), row.GetBoolean(1)),
                    ct
                )
            );
        }

        return sequences;
    }

    /// <summary>Names of whatever holds rows, the queue of jobs too: none in a database that nothing was put into.</summary>
    public static Task<List<string>> OccupiedByAsync(NpgsqlConnection connection, CancellationToken ct) =>
        DatabaseSql.RowsAsync(
            connection,
            $"""select c.relname from pg_class c where c.relkind in ('r', 'p', 'f', 'v', 'm') and {Own} order by c.relname collate "C" """,
            row => row.GetString(0),
            ct
        );

    public static Task<List<string>> MigrationsAsync(NpgsqlConnection connection, CancellationToken ct) =>
        DatabaseSql.RowsAsync(connection, $"""select "MigrationId" from {DatabaseSql.Quoted(History)}""", row => row.GetString(0), ct);
}
