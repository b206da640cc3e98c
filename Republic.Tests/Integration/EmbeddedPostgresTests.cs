using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    private readonly DataFolder data = new(Directory.CreateTempSubdirectory("republic-pg-").FullName);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Pg => data.Path("pg");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Postmaster.Read(Pg) is { IsAlive: true } left)
        {
            await KillAsync(left.ProcessId);
        }

        Directory.Delete(data.Root, recursive: true);
    }

    [Fact]
    public async Task A_first_start_makes_a_database_that_listens_on_loopback_and_wants_the_password()
    {
        await using var postgres = await StartAsync();

        Assert.Equal("republic", await AskAsync(postgres, "SELECT current_database()"));
        Assert.Equal("127.0.0.1", await AskAsync(postgres, "SHOW listen_addresses"));
        Assert.Equal("scram-sha-256", await AskAsync(postgres, "SELECT DISTINCT auth_method FROM pg_hba_file_rules"));
        Assert.Equal("C.UTF-8", await AskAsync(postgres, "SELECT datlocale FROM pg_database WHERE datname = 'republic'"));
        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess", Pooling = false };
        await Assert.ThrowsAsync<PostgresException>(() => AskAsync(wrong.ConnectionString, "SELECT 1"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data.Path("keys", "postgres.password")));
        Assert.Empty(Directory.EnumerateDirectories(data.Root, "pg.new-*"));
    }

    [Theory]
    [InlineData("700", false)]
    [InlineData("755", true)]
    public async Task Neither_a_closed_nor_an_open_data_folder_keeps_the_server_from_running_as_nobody_when_the_app_is_roots(
        string mode,
        bool isOpen
    )
    {
        File.SetUnixFileMode(data.Root, (UnixFileMode)Convert.ToInt32(mode, 8));

        await using var postgres = await StartAsync();

        Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
        var user = (await File.ReadAllLinesAsync($"/proc/{Postmaster.Read(Pg)!.ProcessId}/status", Ct)).Single(line =>
            line.StartsWith("Uid:")
        );
        Assert.True(!(isOpen && Environment.IsPrivilegedProcess) || user.Contains("65534"), user);
    }

    [Fact]
    public async Task Stopped_while_it_brings_its_server_back_it_waits_for_the_start_and_stops_it_properly()
    {
        var postgres = await StartAsync();
        var before = Postmaster.Read(Pg)!;
        await KillAsync(before.ProcessId);
        // The new server writes its file at once, long before the program that starts it has seen it answer.
        while (Postmaster.Read(Pg) is not { IsAlive: true } after || after.ProcessId == before.ProcessId)
        {
            await Task.Delay(1, Ct);
        }

        await postgres.DisposeAsync();

        Assert.Null(Postmaster.Read(Pg));
        Assert.EndsWith("database system is shut down", File.ReadLines(data.Path("pg", "server.log")).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_copy_shares_the_server_and_the_last_one_out_stops_it()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        Assert.Equal(first.ConnectionString, second.ConnectionString);

        await first.DisposeAsync();
        Assert.Equal("1", await AskAsync(second, "SELECT 1"));

        await second.DisposeAsync();
        Assert.Null(Postmaster.Read(Pg));
    }

    [Fact]
    public async Task Two_first_starts_at_the_same_moment_make_one_database()
    {
        var both = await Task.WhenAll(StartAsync(), StartAsync(), StartAsync());

        Assert.Single(both.Select(one => one.ConnectionString).Distinct());
        foreach (var one in both)
        {
            await one.DisposeAsync();
        }

        Assert.Null(Postmaster.Read(Pg));
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        await using (var before = await StartAsync())
        {
            await AskAsync(before, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')");
        }

        await using var after = await StartAsync();
        Assert.Equal("still here", await AskAsync(after, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task A_killed_server_comes_back_on_the_same_port_while_the_app_lives()
    {
        await using var postgres = await StartAsync();
        await AskAsync(postgres, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')");
        var before = Postmaster.Read(Pg)!;

        await KillAsync(before.ProcessId);

        Assert.Equal("still here", await AskUntilAnsweredAsync(postgres, "SELECT word FROM kept"));
        var after = Postmaster.Read(Pg)!;
        Assert.Equal(before.Port, after.Port);
        Assert.NotEqual(before.ProcessId, after.ProcessId);
    }

    [Fact]
    public async Task A_server_left_by_a_killed_app_is_adopted_and_stopped_by_the_next()
    {
        var left = await LeaveBehindAsync();

        await using (var next = await StartAsync())
        {
            Assert.Equal(left, Postmaster.Read(Pg));
            Assert.Equal("1", await AskAsync(next, "SELECT 1"));
        }

        Assert.Null(Postmaster.Read(Pg));
    }

    [Fact]
    public async Task When_app_and_server_were_both_killed_the_next_start_recovers()
    {
        var left = await LeaveBehindAsync();
        await KillAsync(left.ProcessId);
        Assert.NotNull(Postmaster.Read(Pg));

        await using var next = await StartAsync();
        Assert.Equal("1", await AskAsync(next, "SELECT 1"));
    }

    [Fact]
    public async Task A_stale_process_id_that_now_belongs_to_another_program_is_not_taken_for_the_server()
    {
        var left = await LeaveBehindAsync();
        await KillAsync(left.ProcessId);
        var stale = await File.ReadAllLinesAsync(Postmaster.FileIn(Pg), Ct);
        stale[0] = Environment.ProcessId.ToString();
        await File.WriteAllLinesAsync(Postmaster.FileIn(Pg), stale, Ct);

        await using var next = await StartAsync();
        Assert.NotEqual(Environment.ProcessId, Postmaster.Read(Pg)!.ProcessId);
        Assert.Equal("1", await AskAsync(next, "SELECT 1"));
    }

    [Fact]
    public async Task A_port_taken_by_somebody_else_meanwhile_is_left_to_them()
    {
        var left = await LeaveBehindAsync();
        await KillAsync(left.ProcessId);
        using var squatter = new TcpListener(IPAddress.Loopback, left.Port);
        squatter.Start();

        await using var next = await StartAsync();
        Assert.NotEqual(left.Port, Postmaster.Read(Pg)!.Port);
        Assert.Equal("1", await AskAsync(next, "SELECT 1"));
    }

    [Fact]
    public async Task A_first_start_that_was_interrupted_half_way_is_made_again_from_the_beginning()
    {
        var half = data.Folder("pg.new-interrupted", "pg", "base");
        await File.WriteAllTextAsync(Path.Combine(half, "half"), "written", Ct);
        using (var interrupted = new CancellationTokenSource())
        {
            var starting = EmbeddedPostgres.StartAsync(data, NullLogger.Instance, interrupted.Token);
            await Until.TrueAsync(() => !Directory.Exists(half) && Directory.EnumerateDirectories(data.Root, "pg.new-*").Any());
            await interrupted.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        }

        await using var next = await StartAsync();
        Assert.Equal("1", await AskAsync(next, "SELECT 1"));
        Assert.Empty(Directory.EnumerateDirectories(data.Root, "pg.new-*"));
    }

    [Fact]
    public async Task A_lost_password_is_said_with_the_file_to_restore()
    {
        await (await StartAsync()).DisposeAsync();
        File.Delete(data.Path("keys", "postgres.password"));

        var error = await Assert.ThrowsAsync<StartupRefusedException>(StartAsync);
        Assert.Contains("postgres.password", error.Message);
    }

    [Fact]
    public async Task A_database_that_cannot_start_says_why_in_the_servers_own_words()
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(Pg, "postgresql.conf"), "no_such_setting = 1\n", Ct);

        var error = await Assert.ThrowsAsync<StartupRefusedException>(StartAsync);
        Assert.Contains("no_such_setting", error.Message);
    }

    /// <summary>What kill -9 of an app leaves: a running server that nobody holds.</summary>
    private async Task<Postmaster> LeaveBehindAsync()
    {
        var binaries = PostgresBinaries.Find();
        var account = await PostgresAccount.ChooseAsync(binaries, data.Root, Ct);
        await new PostgresCluster(data, binaries, account, NullLogger.Instance).EnsureRunningAsync(port: null, Ct);
        return Postmaster.Read(Pg)!;
    }

    private static async Task<string?> AskUntilAnsweredAsync(EmbeddedPostgres postgres, string sql)
    {
        while (true)
        {
            try
            {
                return await AskAsync(postgres, sql);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50, Ct);
            }
        }
    }

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(data, NullLogger.Instance, Ct);

    private static Task<string?> AskAsync(EmbeddedPostgres postgres, string sql) => AskAsync(postgres.ConnectionString, sql);

    private static async Task<string?> AskAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(Ct));
    }

    private static async Task KillAsync(int process)
    {
        using var killed = Process.GetProcessById(process);
        killed.Kill();
        await killed.WaitForExitAsync(CancellationToken.None);
    }
}
