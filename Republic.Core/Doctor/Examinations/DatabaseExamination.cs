using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the database answers, is of a version that is known, and is set up so that it can be used.</summary>
internal sealed class DatabaseExamination(Installation installation, DataFolder data, IDbContextFactory<RepublicDb> databases)
    : IExamination
{
    private const string Database = "database";
    private const int OldestMajor = 16;

    /// <summary>For jobs, and for administrators.</summary>
    private const int SpareConnections = 5;

    public string Check => Database;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        List<Finding> found = [];
        if (OfState(database) is { } state)
        {
            found.Add(state);
        }

        if (database.Answers)
        {
            var server = await ServerAsync(ct);
            found.AddRange(OfServer(server, new NpgsqlConnectionStringBuilder(installation.ConnectionString!).MaxPoolSize));
            if (found.Count == 0)
            {
                found.Add(Finding.Good(Check, $"{Name} answers and is of this version; it takes {ByteSize.Of(server.Bytes)}."));
            }
        }

        return found;
    }

    internal static IEnumerable<Finding> OfServer(Server server, int pool)
    {
        if (server.Number / 10_000 < OldestMajor)
        {
            yield return Finding.Trouble(
                Database,
                $"PostgreSQL {server.Version} is too old.",
                $"Move the database to PostgreSQL {OldestMajor} or newer, by a backup that is restored there."
            );
        }

        if (server.Encoding != "UTF8")
        {
            yield return Finding.Trouble(
                Database,
                $"The database keeps text as {server.Encoding}, which has not all letters.",
                "Make a database with the encoding UTF8, and restore a backup into it."
            );
        }

        if (server.Autovacuum != "on")
        {
            yield return Finding.Warning(
                Database,
                "Autovacuum is switched off, so that tables grow and queries slow down.",
                "Set autovacuum = on in postgresql.conf, and reload it."
            );
        }

        if (server.Most < pool + SpareConnections)
        {
            yield return Finding.Warning(
                Database,
                $"{Counted.Of(server.Most, "connection")} may be open, and one Republic opens up to {Counted.Of(pool)}.",
                "Raise max_connections or the limit of the role, or put a lower Maximum Pool Size into ConnectionStrings__Db."
            );
        }
        else if (server.Used * 10 > server.Most * 9L)
        {
            yield return Finding.Warning(
                Database,
                $"{Counted.Of(server.Used)} of {Counted.Of(server.Most, "connection")} are open.",
                "Raise max_connections, or end programs that keep connections open; pg_stat_activity lists them."
            );
        }
    }

    private Finding? OfState(DatabaseState database) =>
        database.Condition switch
        {
            DatabaseCondition.Missing => Finding.Warning(Check, $"{Name} is not there yet.", "Start Republic once, which makes it."),
            DatabaseCondition.Away => Finding.Trouble(
                Check,
                $"{Name} does not answer: {database.Detail}",
                installation.IsEmbedded
                    ? $"Do what is said there and start Republic; {data.Path("pg", "server.log")} has more."
                    : "Start the PostgreSQL server, and check host, name, user and password in ConnectionStrings__Db."
            ),
            DatabaseCondition.Empty => Finding.Warning(Check, $"{Name} has no tables yet.", "Start Republic once, which makes them."),
            DatabaseCondition.Behind => Finding.Trouble(
                Check,
                $"{Name} is of an earlier version: it lacks {database.Detail}.",
                "Make a backup, and start Republic once, which brings the database to this version."
            ),
            DatabaseCondition.Later => Finding.Trouble(
                Check,
                $"{Name} is of another version of Republic, which made {database.Detail}.",
                "Start the version that made it, or restore a backup of this version into another database."
            ),
            _ => null,
        };

    private string Name
    {
        get
        {
            if (installation.IsEmbedded)
            {
                return $"The embedded database in {data.Path("pg")}";
            }

            try
            {
                var to = new NpgsqlConnectionStringBuilder(installation.ConnectionString);
                return $"The database {to.Database ?? to.Username} at {to.Host}:{to.Port}";
            }
            catch (ArgumentException)
            {
                // What is wrong with it is said beside.
                return "The database";
            }
        }
    }

    private async Task<Server> ServerAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db
            .Database.SqlQuery<Server>(
                $"""
                select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
                  pg_encoding_to_char(own.encoding)::text as encoding, current_setting('autovacuum') as autovacuum,
                  least(current_setting('max_connections')::int, nullif(own.datconnlimit, -1), nullif(me.rolconnlimit, -1)) as most,
                  (select sum(numbackends) from pg_stat_database)::int as used, pg_database_size(own.oid) as bytes
                from pg_database own join pg_roles me on me.rolname = current_user where own.datname = current_database()
                """
            )
            .ToListAsync(ct);
        return rows[0];
    }

    /// <param name="Number">Of the version, such as 180004.</param>
    /// <param name="Most">How many connections there may be.</param>
    internal sealed record Server(string Version, int Number, string Encoding, string Autovacuum, int Most, int Used, long Bytes);
}
