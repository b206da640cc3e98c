using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Republic.Tests.World;

/// <summary>A way to a database that a test closes and opens again: closed, it is as if the server were gone.</summary>
public sealed class DatabaseDoor : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder behind;
    private readonly int port;
    private readonly ConcurrentBag<Task> calls = [];
    private CancellationTokenSource closing = new();
    private Task serving = Task.CompletedTask;

    public DatabaseDoor(string connectionString)
    {
        behind = new NpgsqlConnectionStringBuilder(connectionString);
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
    }

    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(behind.ConnectionString) { Host = "127.0.0.1", Port = port }.ConnectionString;

    public void Open()
    {
        closing = new CancellationTokenSource();
        var door = new TcpListener(IPAddress.Loopback, port);
        door.Start();
        serving = ServeAsync(door, closing.Token);
    }

    /// <summary>Cuts those who are inside, too.</summary>
    public async Task CloseAsync()
    {
        await closing.CancelAsync();
        await serving;
        await Task.WhenAll(calls);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        closing.Dispose();
    }

    private async Task ServeAsync(TcpListener door, CancellationToken ct)
    {
        using (door)
        {
            try
            {
                while (true)
                {
                    calls.Add(ForwardAsync(await door.AcceptTcpClientAsync(ct), ct));
                }
            }
            catch (OperationCanceledException)
            {
                // Closed.
            }
        }
    }

    private async Task ForwardAsync(TcpClient caller, CancellationToken ct)
    {
        using (caller)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(behind.Host!, behind.Port, ct);
                await Task.WhenAny(
                    caller.GetStream().CopyToAsync(server.GetStream(), ct),
                    server.GetStream().CopyToAsync(caller.GetStream(), ct)
                );
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // The call is over.
            }
        }
    }
}
