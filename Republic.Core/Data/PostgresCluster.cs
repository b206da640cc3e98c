using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Republic.Core.Data;

/// <summary>One database cluster on disk: made, started, found running, stopped. Call under the cluster's lock.</summary>
internal sealed class PostgresCluster(DataFolder data, PostgresBinaries binaries, PostgresAccount account, ILogger logger)
{
    private const int StartAttempts = 6;
    private const string Settings =
        "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers=128MB "
        + "-c cluster_name=republic -c timezone=UTC -c log_timezone=UTC -c log_min_messages=warning "
        // Parallel queries would take threads from the model, and shared memory that containers give little of.
        + "-c max_parallel_workers_per_gather=0";

    private readonly string folder = data.Path("pg");
    private readonly string log = data.Path("pg", "server.log");

    public bool IsRunning => Postmaster.Read(folder) is { IsAlive: true };

    public string ConnectionString(int port, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = PostgresCreation.Superuser,
            Password = PostgresCreation.Password(data),
            Database = database,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            // Two copies of the app fit into max_connections.
            MaxPoolSize = 90,
            ApplicationName = "republic",
        }.ConnectionString;

    /// <summary>Makes, adopts or starts the server, and returns the port once it answers.</summary>
    /// <param name="port">The one port to use, for a copy that has already told others where the server is.</param>
    public async Task<int> EnsureRunningAsync(int? port, CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(folder, "PG_VERSION")))
        {
            await PostgresCreation.CreateAsync(data, binaries, account, ct);
        }

        var failures = 0;
        for (var waits = 0; ; waits++)
        {
            var postmaster = Postmaster.Read(folder);
            if (postmaster is not { IsAlive: true })
            {
                var (started, output) = await StartAsync(port ?? PortToUse(postmaster), postmaster);
                if (!started && (!MayPass(output) || ++failures >= StartAttempts))
                {
                    throw new StartupRefusedException($"The embedded PostgreSQL in {folder} does not start. {output}\n{EndOfLog()}");
                }
            }
            else if (await AnswersAsync(postmaster.Port, ct))
            {
                return postmaster.Port;
            }

            if (waits > 600)
            {
                throw new StartupRefusedException($"The embedded PostgreSQL in {folder} runs but does not answer.\n{EndOfLog()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(failures == 0 ? 20 : 100 << failures), ct);
        }
    }

    public async Task StopAsync(CancellationToken ct)
    {
        foreach (var mode in new[] { "fast", "immediate" })
        {
            if (!IsRunning)
            {
                return;
            }

            var (exit, output) = await account.RunAsync(binaries.PgCtl, ["stop", "-D", folder, "-m", mode, "-w", "-t", "20"], ct);
            if (exit != 0)
            {
                logger.LogWarning("The embedded PostgreSQL did not stop ({Mode}): {Output}", mode, output);
            }
        }
    }

    /// <summary>Not to be cancelled: what is stopped in the middle of it takes the new server with it, as kill -9 would.</summary>
    private async Task<(bool Started, string Output)> StartAsync(int port, Postmaster? stale)
    {
        // The server itself clears a stale file, unless that process id now belongs to somebody else.
        if (stale is not null)
        {
            File.Delete(Postmaster.FileIn(folder));
        }

        if (File.Exists(log) && new FileInfo(log).Length > 4 << 20)
        {
            File.Delete(log);
        }

        await account.GiveAsync(folder, CancellationToken.None);
        var (exit, output) = await account.RunAsync(
            binaries.PgCtl,
            ["start", "-D", folder, "-l", log, "-w", "-t", "60", "-o", $"-p {port} {Settings}"],
            CancellationToken.None
        );
        return (exit == 0, output);
    }

    /// <summary>The port it had before, so that other copies of the app find it again; else any free one.</summary>
    private static int PortToUse(Postmaster? before)
    {
        foreach (var port in new[] { before?.Port ?? 0, 0 })
        {
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken by somebody else since.
            }
        }

        throw new StartupRefusedException("There is no free port on 127.0.0.1 for the embedded PostgreSQL.");
    }

    private async Task<bool> AnswersAsync(int port, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(port, "postgres") + ";Pooling=false;Timeout=5");
            await connection.OpenAsync(ct);
            await PostgresCreation.CreateDatabaseAsync(connection, ct);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new StartupRefusedException(
                $"The embedded PostgreSQL in {folder} does not take the password in {PostgresCreation.PasswordFile(data)}. Restore both from one backup.",
                e
            );
        }
        catch (NpgsqlException e) when (e.IsTransient || e.InnerException is SocketException or IOException)
        {
            return false; // starting, or going down
        }
    }

    /// <summary>A port just taken, or the last processes of a killed server that still hold its memory.</summary>
    private bool MayPass(string output) => (output + EndOfLog()).Contains("in use", StringComparison.Ordinal);

    private string EndOfLog() => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(12)) : "";
}
