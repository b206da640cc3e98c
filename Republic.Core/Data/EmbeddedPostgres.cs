using Microsoft.Extensions.Logging;
using Npgsql;

namespace Republic.Core.Data;

/// <summary>
/// A PostgreSQL of our own below the data folder, for whoever has set no connection string. Copies of the app on the same
/// data folder share one server: the first starts it, the last one out stops it, and one that was killed leaves it running
/// for the next. While a copy lives, a server that dies is started again on the same port.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(300);

    private readonly DataFolder data;
    private readonly PostgresCluster cluster;
    private readonly FileLock use;
    private readonly int port;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task watching;

    private EmbeddedPostgres(DataFolder data, PostgresCluster cluster, FileLock use, int port, ILogger logger)
    {
        (this.data, this.cluster, this.use, this.port, this.logger) = (data, cluster, use, port, logger);
        ConnectionString = cluster.ConnectionString(port, PostgresCreation.Database);
        watching = Task.Run(() => WatchAsync(stopping.Token));
    }

    public string ConnectionString { get; }

    /// <summary>Whether there is one in this folder, running or not.</summary>
    public static bool IsIn(DataFolder data) => File.Exists(data.Path("pg", "PG_VERSION"));

    public static async Task<EmbeddedPostgres> StartAsync(DataFolder data, ILogger logger, CancellationToken ct)
    {
        data.RefuseUnrestored();
        Directory.CreateDirectory(data.Root);
        var binaries = PostgresBinaries.Find();
        var account = await PostgresAccount.ChooseAsync(binaries, data.Root, ct);
        var found = new PostgresCluster(data, binaries, account, logger);
        using var turn = await TakeTurnAsync(data, ct);
        var entered = Users(data).Enter();
        try
        {
            var listening = await found.EnsureRunningAsync(port: null, ct);
            logger.LogInformation("Embedded PostgreSQL in {Folder} on 127.0.0.1:{Port}", data.Path("pg"), listening);
            return new EmbeddedPostgres(data, found, entered, listening, logger);
        }
        catch
        {
            entered.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        await stopping.CancelAsync();
        await watching;
        stopping.Dispose();
        NpgsqlConnection.ClearAllPools();
        using var turn = await TakeTurnAsync(data, CancellationToken.None);
        use.Dispose();
        if (!Users(data).AnyoneLeft())
        {
            await cluster.StopAsync(CancellationToken.None);
        }
    }

    private static Task<FileLock> TakeTurnAsync(DataFolder data, CancellationToken ct) =>
        FileLock.TakeAsync(data.Path("pg.lock"), Patience, ct);

    private static PostgresUsers Users(DataFolder data) => new(data.Path("pg.users"));

    private async Task WatchAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(WatchInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                if (!cluster.IsRunning)
                {
                    await BringBackAsync(ct);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The app is going down.
        }
    }

    private async Task BringBackAsync(CancellationToken ct)
    {
        try
        {
            logger.LogWarning("The embedded PostgreSQL is gone; starting it again on port {Port}", port);
            using var turn = await TakeTurnAsync(data, ct);
            await cluster.EnsureRunningAsync(port, ct);
            // Connections to the dead server would fail whoever is handed them next.
            NpgsqlConnection.ClearAllPools();
            logger.LogInformation("The embedded PostgreSQL is back");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError(e, "The embedded PostgreSQL did not come back; trying again");
        }
    }
}
