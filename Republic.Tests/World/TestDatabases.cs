using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core.Data;
using Republic.Tests.World;

[assembly: AssemblyFixture(typeof(TestDatabases))]

namespace Republic.Tests.World;

/// <summary>
/// One PostgreSQL for all tests, started when the first of them asks: the app's own embedded one, or the server that
/// <c>REPUBLIC_TEST_DB</c> names. Each caller gets a database cloned from a migrated template, or from one
/// in which runs are over (<see cref="TrainedTemplate"/>).
/// </summary>
public sealed class TestDatabases : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly string empty = $"republic_template_{Environment.ProcessId}";
    private readonly Lazy<Task<SharedApp>> shared;
    private readonly Lazy<Task<TrainedTemplate>> trained;
    private string? server;
    private DirectoryInfo? folder;
    private EmbeddedPostgres? embedded;
    private Process? watch;

    public TestDatabases()
    {
        shared = new(StartSharedAsync);
        trained = new(() => TrainedTemplate.MakeAsync(this));
    }

    /// <summary>Kept here because it has to end before its database does.</summary>
    public Task<SharedApp> SharedAppAsync() => shared.Value;

    /// <summary>Made when the first test asks for a run that is over.</summary>
    public Task<TrainedTemplate> TrainedAsync() => trained.Value;

    /// <summary>The connection string of a new, migrated database.</summary>
    /// <param name="template">The name of the database that it begins as a copy of; null for an empty one.</param>
    public Task<string> NewAsync(string? template = null) => CreateAsync(template ?? empty);

    /// <summary>The connection string of a new database without a table.</summary>
    public Task<string> NewWithoutTablesAsync() => CreateAsync("template0");

    /// <summary>The database may be copied from now on: whoever left connections to it open loses them, and nobody gets any more.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> KeepAsTemplateAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        await ExecuteAsync($"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false");
        await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        return name;
    }

    public async Task DropAsync(string connectionString) =>
        await ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        if (shared is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await shared.Value).DisposeAsync();
        }

        if (trained is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await trained.Value).DisposeAsync();
        }

        if (server is not null && embedded is null)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {empty} WITH (FORCE)");
        }

        if (embedded is not null)
        {
            await embedded.DisposeAsync();
            watch?.Kill();
            watch?.Dispose();
            folder!.Delete(recursive: true);
        }

        turn.Dispose();
    }

    private async Task<SharedApp> StartSharedAsync()
    {
        var app = new SharedApp(this);
        await app.InitializeAsync();
        return app;
    }

    private async Task<string> CreateAsync(string from)
    {
        await turn.WaitAsync();
        try
        {
            await StartOnceAsync();
            var name = $"t_{Guid.CreateVersion7():n}";
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {from}");
            return On(name);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task StartOnceAsync()
    {
        if (server is not null)
        {
            return;
        }

        server = Environment.GetEnvironmentVariable("REPUBLIC_TEST_DB") ?? await StartEmbeddedAsync();
        await ExecuteAsync($"CREATE DATABASE {empty}");
        var options = new DbContextOptionsBuilder<RepublicDb>().UseNpgsql(On(empty) + ";Pooling=false").Options;
        await using var db = new RepublicDb(options);
        await db.Database.MigrateAsync();
    }

    private async Task<string> StartEmbeddedAsync()
    {
        folder = Directory.CreateTempSubdirectory("republic-tests-");
        embedded = await EmbeddedPostgres.StartAsync(new DataFolder(folder.FullName), NullLogger.Instance, CancellationToken.None);
        watch = StopEverythingWhenThisProcessDies(folder.FullName);
        server = embedded.ConnectionString;
        // What these databases hold is worth nothing after a power cut.
        await ExecuteAsync("ALTER SYSTEM SET fsync = off");
        await ExecuteAsync("ALTER SYSTEM SET synchronous_commit = off");
        await ExecuteAsync("ALTER SYSTEM SET full_page_writes = off");
        await ExecuteAsync("SELECT pg_reload_conf()");
        return server;
    }

    private static Process? StopEverythingWhenThisProcessDies(string folder) =>
        OperatingSystem.IsWindows()
            ? null
            : Process.Start(
                "sh",
                [
                    "-c",
                    """while kill -0 "$1" 2>/dev/null; do sleep 1; done; kill -INT "$(head -n 1 "$2/pg/postmaster.pid")"; sleep 2; rm -rf "$2" """,
                    "sh",
                    Environment.ProcessId.ToString(),
                    folder,
                ]
            );

    private string On(string database) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database, MaxPoolSize = 40 }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
