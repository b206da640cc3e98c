using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core.Data;

namespace Republic.Bench;

/// <summary>The app with a database, a provider that it may call, and people.</summary>
internal sealed class Site : IAsyncDisposable
{
    private const int Port = 5241;
    private const int ProviderPort = 5242;

    // The statement that a node writes an event with, and the notice that the others get.
    private const string Tell = """
        with told as (insert into training_events (training_job_id, kind, data, at) values ($1, 'log', $2::jsonb, now()))
        select pg_notify('republic', 'bench|live|' || json_build_object('Person', $3, 'Event',
          json_build_object('Name', 'training.changed', 'Subject', $1, 'Data', null)))
        """;

    private readonly EmbeddedPostgres postgres;
    private readonly NpgsqlDataSource database;
    private readonly WebApplication provider;

    private Site(EmbeddedPostgres postgres, WebApplication provider, Server server, IReadOnlyList<Person> people)
    {
        (this.postgres, this.provider, Server, People) = (postgres, provider, server, people);
        database = NpgsqlDataSource.Create(postgres.ConnectionString);
    }

    public Server Server { get; }

    public IReadOnlyList<Person> People { get; }

    public static async Task<Site> StartAsync(string app, string folder, int people)
    {
        var cluster = await EmbeddedPostgres.StartAsync(
            new DataFolder(Path.Combine(folder, "db")),
            NullLogger.Instance,
            CancellationToken.None
        );
        var vendor = await ProviderAsync();
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["REPUBLIC_DATA"] = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName,
            ["ConnectionStrings__Db"] = cluster.ConnectionString,
            ["Outbound__AllowedHosts__0"] = "127.0.0.1",
            ["OpenAi__RequestsPerMinute"] = "0",
            ["OpenAi__StreamsPerPerson"] = "0",
            ["Accounts__SetupToken"] = Person.SetupToken,
            // Room for all: how long a run waits for another to end is not what is measured.
            ["Jobs__AtOnce"] = "60",
            ["Training__AtOnce"] = "60",
        };
        var server = await Server.StartAsync(
            Port,
            [app, "--urls", $"http://127.0.0.1:{Port}"],
            settings,
            Path.Combine(folder, "republic.log")
        );
        var all = Enumerable
            .Range(0, people)
            .Select(i => new Person($"person{i}", server.Address, new Uri($"http://127.0.0.1:{ProviderPort}")))
            .ToList();
        foreach (var person in all)
        {
            await person.ArriveAsync();
        }

        return new Site(cluster, vendor, server, all);
    }

    /// <summary>An event of a run, as another node writes it.</summary>
    public async Task TellAsync(Person person, Guid run, string text)
    {
        await using var command = database.CreateCommand(Tell);
        command.Parameters.Add(new NpgsqlParameter { Value = run });
        command.Parameters.Add(new NpgsqlParameter { Value = $$"""{"step": "enhance_model", "text": "{{text}}"}""" });
        command.Parameters.Add(new NpgsqlParameter { Value = person.Id });
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in People)
        {
            person.Dispose();
        }

        await Server.DisposeAsync();
        await provider.DisposeAsync();
        await database.DisposeAsync();
        await postgres.DisposeAsync();
    }

    private static async Task<WebApplication> ProviderAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{ProviderPort}");
        var app = builder.Build();
        app.MapGet("/v1/models", () => Results.Json(new { @object = "list", data = new[] { new { id = "fake", @object = "model" } } }));
        // A run that has begun waits here until it is stopped.
        app.MapPost("/v1/chat/completions", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await app.StartAsync();
        return app;
    }
}
