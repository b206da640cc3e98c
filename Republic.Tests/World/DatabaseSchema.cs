using Npgsql;

namespace Republic.Tests.World;

/// <summary>The schema of a database as sorted lines: columns, constraints, indexes, functions and triggers.</summary>
public static class DatabaseSchema
{
    private const string Sql = """
        select format('%s.%s %s%s %s', table_name, column_name, udt_name, case is_nullable when 'NO' then ' not null' else '' end, column_default)
        from information_schema.columns where table_schema = 'public'
        union all select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
        union all select indexdef from pg_indexes where schemaname = 'public'
        union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'
        union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
        """;

    public static async Task<IReadOnlyList<string>> ReadAsync(string connectionString)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<string> lines = [];
        while (await reader.ReadAsync(ct))
        {
            lines.Add(reader.GetString(0));
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
