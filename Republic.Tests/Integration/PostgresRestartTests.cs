using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>How the app starts a database that it has made before: one for all of these tests, which leave it stopped.</summary>
public sealed class PostgresRestartTests(LastingData data) : IClassFixture<LastingData>, IDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => data.KillServer();

    [Fact]
    public async Task Stopped_while_it_brings_its_server_back_it_waits_for_the_start_and_stops_it_properly()
    {
        var postgres = await EmbeddedServer.StartAsync(data.Folder);
        var before = data.Server!;
        await EmbeddedServer.KillAsync(before.ProcessId);
        // The new server writes its file at once, long before the program that starts it has seen it answer.
        while (data.Server is not { IsAlive: true } after || after.ProcessId == before.ProcessId)
        {
            await Task.Delay(1, Ct);
        }

        await postgres.DisposeAsync();

        Assert.Null(data.Server);
        Assert.EndsWith(
            "database system is shut down",
            File.ReadLines(data.Folder.Path("pg", "server.log")).Last(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_second_copy_shares_the_server_and_the_last_one_out_stops_it()
    {
        var first = await EmbeddedServer.StartAsync(data.Folder);
        var second = await EmbeddedServer.StartAsync(data.Folder);
        Assert.Equal(first.ConnectionString, second.ConnectionString);

        await first.DisposeAsync();
        Assert.Equal("1", await EmbeddedServer.AskAsync(second, "SELECT 1"));

        await second.DisposeAsync();
        Assert.Null(data.Server);
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        await using (var before = await EmbeddedServer.StartAsync(data.Folder))
        {
            await EmbeddedServer.AskAsync(before, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')");
        }

        await using var after = await EmbeddedServer.StartAsync(data.Folder);
        Assert.Equal("still here", await EmbeddedServer.AskAsync(after, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task A_killed_server_comes_back_on_the_same_port_while_the_app_lives()
    {
        await using var postgres = await EmbeddedServer.StartAsync(data.Folder);
        await EmbeddedServer.AskAsync(postgres, "CREATE TABLE kept_on (word text); INSERT INTO kept_on VALUES ('still here')");
        var before = data.Server!;

        await EmbeddedServer.KillAsync(before.ProcessId);

        Assert.Equal("still here", await AskUntilAnsweredAsync(postgres, "SELECT word FROM kept_on"));
        var after = data.Server!;
        Assert.Equal(before.Port, after.Port);
        Assert.NotEqual(before.ProcessId, after.ProcessId);
    }

    [Fact]
    public async Task A_server_left_by_a_killed_app_is_adopted_and_stopped_by_the_next()
    {
        var left = await LeaveBehindAsync();

        await using (var next = await EmbeddedServer.StartAsync(data.Folder))
        {
            Assert.Equal(left, data.Server);
            Assert.Equal("1", await EmbeddedServer.AskAsync(next, "SELECT 1"));
        }

        Assert.Null(data.Server);
    }

    [Fact]
    public async Task When_app_and_server_were_both_killed_the_next_start_recovers()
    {
        var left = await LeaveBehindAsync();
        await EmbeddedServer.KillAsync(left.ProcessId);
        Assert.NotNull(data.Server);

        await using var next = await EmbeddedServer.StartAsync(data.Folder);
        Assert.Equal("1", await EmbeddedServer.AskAsync(next, "SELECT 1"));
    }

    [Fact]
    public async Task A_stale_process_id_that_now_belongs_to_another_program_is_not_taken_for_the_server()
    {
        var left = await LeaveBehindAsync();
        await EmbeddedServer.KillAsync(left.ProcessId);
        var stale = await File.ReadAllLinesAsync(Postmaster.FileIn(data.Folder.Path("pg")), Ct);
        stale[0] = Environment.ProcessId.ToString();
        await File.WriteAllLinesAsync(Postmaster.FileIn(data.Folder.Path("pg")), stale, Ct);

        await using var next = await EmbeddedServer.StartAsync(data.Folder);
        Assert.NotEqual(Environment.ProcessId, data.Server!.ProcessId);
        Assert.Equal("1", await EmbeddedServer.AskAsync(next, "SELECT 1"));
    }

    [Fact]
    public async Task A_port_taken_by_somebody_else_meanwhile_is_left_to_them()
    {
        var left = await LeaveBehindAsync();
        await EmbeddedServer.KillAsync(left.ProcessId);
        using var squatter = new TcpListener(IPAddress.Loopback, left.Port);
        squatter.Start();

        await using var next = await EmbeddedServer.StartAsync(data.Folder);
        Assert.NotEqual(left.Port, data.Server!.Port);
        Assert.Equal("1", await EmbeddedServer.AskAsync(next, "SELECT 1"));
    }

    [Fact]
    public async Task A_lost_password_is_said_with_the_file_to_restore()
    {
        await (await EmbeddedServer.StartAsync(data.Folder)).DisposeAsync();
        var password = data.Folder.Path("keys", "postgres.password");
        File.Move(password, password + ".kept");
        try
        {
            var error = await Assert.ThrowsAsync<StartupRefusedException>(() => EmbeddedServer.StartAsync(data.Folder));
            Assert.Contains("postgres.password", error.Message);
        }
        finally
        {
            File.Move(password + ".kept", password, overwrite: true);
        }
    }

    [Fact]
    public async Task A_database_that_cannot_start_says_why_in_the_servers_own_words()
    {
        await (await EmbeddedServer.StartAsync(data.Folder)).DisposeAsync();
        var settings = data.Folder.Path("pg", "postgresql.conf");
        var good = await File.ReadAllBytesAsync(settings, Ct);
        await File.WriteAllTextAsync(settings, "no_such_setting = 1\n", Ct);
        try
        {
            var error = await Assert.ThrowsAsync<StartupRefusedException>(() => EmbeddedServer.StartAsync(data.Folder));
            Assert.Contains("no_such_setting", error.Message);
        }
        finally
        {
            await File.WriteAllBytesAsync(settings, good, CancellationToken.None);
        }
    }

    /// <summary>What kill -9 of an app leaves: a running server that nobody holds.</summary>
    private async Task<Postmaster> LeaveBehindAsync()
    {
        var binaries = PostgresBinaries.Find();
        var account = await PostgresAccount.ChooseAsync(binaries, data.Folder.Root, Ct);
        await new PostgresCluster(data.Folder, binaries, account, NullLogger.Instance).EnsureRunningAsync(port: null, Ct);
        return data.Server!;
    }

    private static async Task<string?> AskUntilAnsweredAsync(EmbeddedPostgres postgres, string sql)
    {
        while (true)
        {
            try
            {
                return await EmbeddedServer.AskAsync(postgres, sql);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50, Ct);
            }
        }
    }
}
