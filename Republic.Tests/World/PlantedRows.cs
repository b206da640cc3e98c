using System.Text.RegularExpressions;
using Npgsql;
using Republic.Core.Backups;
using Republic.Core.Backups.Restoring;

namespace Republic.Tests.World;

/// <summary>
/// Three rows in each table of a database, made of nothing but the types of its columns: whatever table comes later has them too. Ids of the
/// same number are the same in all tables, so that rows refer to each other; the third row has no value where none is needed.
/// </summary>
internal static partial class PlantedRows
{
    private const int Count = 3;

    private const string Columns = """
        select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '__EFMigrationsHistory'
          and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by c.relname, a.attnum
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task AddAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
        var columns = await DatabaseSql.RowsAsync(
            connection,
            Columns,
            row => new Column(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)),
            Ct
        );
        await DatabaseSql.ExecuteAsync(connection, "begin", Ct);
        var keys = await ForeignKey.DropAllAsync(connection, Ct);
        foreach (var table in columns.GroupBy(column => column.Table))
        {
            for (var number = 1; number <= Count; number++)
            {
                var own = table.Where(column => number < Count || column.IsNeeded).ToList();
                await DatabaseSql.ExecuteAsync(
                    connection,
                    $"""
                    insert into {DatabaseSql.Quoted(table.Key)} ({string.Join(", ", own.Select(column => DatabaseSql.Quoted(column.Name)))})
                    overriding system value values ({string.Join(", ", own.Select(column => ValueOf(column.Type, number)))})
                    """,
                    Ct
                );
            }
        }

        foreach (var key in keys)
        {
            await key.CreateAsync(connection, Ct);
        }

        await DatabaseSql.ExecuteAsync(connection, "commit", Ct);
    }

    private static string ValueOf(string type, int number)
    {
        // What COPY has to write otherwise than it is: tabs, line ends, backslashes, and letters of several bytes.
        var text = $@"e'{number}\tÄ \\N \\. ""quoted"" 🦜\r\n'";
        return Length().Match(type) is { Success: true } limited ? $"left(rpad({text}, 64, 'x'), {limited.Groups["length"].Value})"
            : type.StartsWith("numeric", StringComparison.Ordinal) ? $"{number}.000001"
            : type switch
            {
                "uuid" => $"'00000000-0000-0000-0000-{number:000000000000}'::uuid",
                "text" => text,
                "integer" or "bigint" or "smallint" => $"{number}",
                "boolean" => number % 2 == 0 ? "true" : "false",
                "double precision" or "real" => $"{number} / 3.0",
                "timestamp with time zone" => $"timestamptz '2026-12-0{number} 01:02:03.456789+05:30'",
                "date" => $"date '2026-12-0{number}'",
                "time without time zone" => $"time '0{number}:30:00.5'",
                "interval" => $"interval '{number} days 03:04:05.6'",
                "bytea" => $@"'\x5c0a0{number}'::bytea",
                "jsonb" or "json" => $$"""'{"number": {{number}}, "text": "a\\b\nÄ \"c\""}'""",
                "text[]" => $"""array['a{number}', 'b"c,d', e'e\\f']""",
                "uuid[]" => $"array['00000000-0000-0000-0000-{number:000000000000}'::uuid]",
                "tsvector" => $"to_tsvector('simple', 'one{number} it''s two')",
                _ => throw new InvalidOperationException($"Nobody said what a value of {type} looks like."),
            };
    }

    [GeneratedRegex(@"^character(?: varying)?\((?<length>\d+)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Length();

    private sealed record Column(string Table, string Name, string Type, bool IsNeeded);
}
