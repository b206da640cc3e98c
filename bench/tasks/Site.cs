using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Bench;

/// <summary>The app with a database and a data folder of its own.</summary>
internal sealed class Site : IAsyncDisposable
{
    private const int Port = 5251;

    private readonly EmbeddedPostgres postgres;
    private readonly NpgsqlDataSource database;
    private readonly DirectoryInfo folder;

    private Site(EmbeddedPostgres postgres, DirectoryInfo folder, Node node)
    {
        (this.postgres, this.folder, Node) = (postgres, folder, node);
        database = NpgsqlDataSource.Create(postgres.ConnectionString);
    }

    public Node Node { get; }

    public string ConnectionString => postgres.ConnectionString;

    public static async Task<Site> StartAsync(string app, params (string Key, string Value)[] more)
    {
        var root = Directory.CreateTempSubdirectory("republic-tasks-");
        var cluster = await EmbeddedPostgres.StartAsync(
            new DataFolder(Path.Combine(root.FullName, "db")),
            NullLogger.Instance,
            CancellationToken.None
        );
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["REPUBLIC_DATA"] = root.CreateSubdirectory("data").FullName,
            ["ConnectionStrings__Db"] = cluster.ConnectionString,
            ["Outbound__AllowedHosts__0"] = "127.0.0.1",
            ["Accounts__SetupToken"] = Person.SetupToken,
            ["ModelHost__Threads"] = "1",
        };
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        var site = new Site(cluster, root, new Node(app, Port, settings, Path.Combine(root.FullName, "republic.log")));
        try
        {
            await site.Node.StartAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <param name="values">In their order, as $1, $2 and so on.</param>
    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Rows as JSON.</summary>
    public async Task<List<JsonElement>> RowsAsync(string sql)
    {
        await using var command = database.CreateCommand($"select to_jsonb(q)::text from ({sql}) q");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<JsonElement>();
        while (await reader.ReadAsync())
        {
            rows.Add(JsonElement.Parse(reader.GetString(0)));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await database.DisposeAsync();
        await postgres.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
