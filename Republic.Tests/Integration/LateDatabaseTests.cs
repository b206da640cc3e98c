using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

public sealed class LateDatabaseTests(TestDatabases databases)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_waits_for_a_database_that_is_still_starting()
    {
        var there = await databases.NewAsync();
        var address = new NpgsqlConnectionStringBuilder(there);
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var late = new NpgsqlConnectionStringBuilder(there)
        {
            Host = "127.0.0.1",
            Port = port,
            Pooling = false,
        }.ConnectionString;
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddRepublicData(new DataFolder(Path.GetTempPath()), late)
            .BuildServiceProvider();

        var starting = DataRegistration.MigrateAsync(services, Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(700), Ct);
        Assert.False(starting.IsCompleted);
        using var over = new CancellationTokenSource();
        using var door = new TcpListener(IPAddress.Loopback, port);
        door.Start();
        var serving = ServeAsync(door, address.Host!, address.Port, over.Token);
        await starting;

        await using (var db = await services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct))
        {
            Assert.Empty(await db.Database.GetPendingMigrationsAsync(Ct));
        }

        await over.CancelAsync();
        await serving;
        await databases.DropAsync(there);
    }

    [Fact]
    public async Task A_database_that_refuses_is_not_waited_for()
    {
        var there = await databases.NewAsync();
        var wrong = new NpgsqlConnectionStringBuilder(there) { Password = "another", Pooling = false }.ConnectionString;
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddRepublicData(new DataFolder(Path.GetTempPath()), wrong)
            .BuildServiceProvider();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => DataRegistration.MigrateAsync(services, Ct));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        await databases.DropAsync(there);
    }

    private static async Task ServeAsync(TcpListener door, string host, int port, CancellationToken ct)
    {
        var calls = new List<Task>();
        try
        {
            while (true)
            {
                calls.Add(ForwardAsync(await door.AcceptTcpClientAsync(ct), host, port, ct));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(calls);
        }
    }

    private static async Task ForwardAsync(TcpClient caller, string host, int port, CancellationToken ct)
    {
        using (caller)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(host, port, ct);
                await Task.WhenAny(
                    caller.GetStream().CopyToAsync(server.GetStream(), ct),
                    server.GetStream().CopyToAsync(caller.GetStream(), ct)
                );
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The call is over.
            }
        }
    }
}
