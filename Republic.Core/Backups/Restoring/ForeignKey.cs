using Npgsql;

namespace Republic.Core.Backups.Restoring;

/// <summary>
/// A foreign key, taken away while rows come table by table, and made again when all are there, which checks them. To switch it off instead
/// needs the rights of a superuser.
/// </summary>
internal sealed record ForeignKey(string Table, string Name, string Definition)
{
    private const string All = """
        select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) from pg_constraint
        where contype = 'f' and connamespace = (select oid from pg_namespace where nspname = current_schema())
        order by conrelid, conname
        """;

    public static async Task<IReadOnlyList<ForeignKey>> DropAllAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var all = await DatabaseSql.RowsAsync(
            connection,
            All,
            row => new ForeignKey(row.GetString(0), row.GetString(1), row.GetString(2)),
            ct
        );
        foreach (var key in all)
        {
            await DatabaseSql.ExecuteAsync(connection, $"alter table {key.Table} drop constraint {key.Name}", ct);
        }

        return all;
    }

    public Task CreateAsync(NpgsqlConnection connection, CancellationToken ct) =>
        DatabaseSql.ExecuteAsync(connection, $"alter table {Table} add constraint {Name} {Definition}", ct);
}
