using Npgsql;

namespace Republic.Tests.World;

/// <summary>The schema of a database as sorted lines: columns, constraints, indexes, functions and triggers.</summary>
public static class DatabaseSchema
{
    private const string Columns = """
        select format('%s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end)
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        """;

    private const string Rest = """
        union all select format('%s.%s = %s', table_name, column_name, coalesce(column_default, generation_expression))
        from information_schema.columns where table_schema = 'public'
        union all select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
        union all select indexdef from pg_indexes where schemaname = 'public'
        union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'
        union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
        """;

    public static Task<IReadOnlyList<string>> ReadAsync(string connectionString) => LinesAsync(connectionString, $"{Columns}\n{Rest}");

    /// <returns>As <c>table.column type not null</c>.</returns>
    public static Task<IReadOnlyList<string>> ColumnsAsync(string connectionString) => LinesAsync(connectionString, Columns);

    private static async Task<IReadOnlyList<string>> LinesAsync(string connectionString, string sql)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<string> lines = [];
        while (await reader.ReadAsync(ct))
        {
            lines.Add(reader.GetString(0));
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
