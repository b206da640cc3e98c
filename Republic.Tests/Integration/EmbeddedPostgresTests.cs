using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>How the app makes its own database, in an empty data folder each time.</summary>
public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    private readonly DataFolder data = new(Directory.CreateTempSubdirectory("republic-pg-").FullName);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Postmaster.Read(data.Path("pg")) is { IsAlive: true } left)
        {
            await EmbeddedServer.KillAsync(left.ProcessId);
        }

        Directory.Delete(data.Root, recursive: true);
    }

    [Fact]
    public async Task A_first_start_makes_a_database_that_listens_on_loopback_and_wants_the_password()
    {
        await using var postgres = await EmbeddedServer.StartAsync(data);

        Assert.Equal("republic", await EmbeddedServer.AskAsync(postgres, "SELECT current_database()"));
        Assert.Equal("127.0.0.1", await EmbeddedServer.AskAsync(postgres, "SHOW listen_addresses"));
        Assert.Equal("scram-sha-256", await EmbeddedServer.AskAsync(postgres, "SELECT DISTINCT auth_method FROM pg_hba_file_rules"));
        Assert.Equal("C.UTF-8", await EmbeddedServer.AskAsync(postgres, "SELECT datlocale FROM pg_database WHERE datname = 'republic'"));
        var wrong = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "guess", Pooling = false };
        await Assert.ThrowsAsync<PostgresException>(() => EmbeddedServer.AskAsync(wrong.ConnectionString, "SELECT 1"));
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

        await using var postgres = await EmbeddedServer.StartAsync(data);

        Assert.Equal("1", await EmbeddedServer.AskAsync(postgres, "SELECT 1"));
        var user = (await File.ReadAllLinesAsync($"/proc/{Postmaster.Read(data.Path("pg"))!.ProcessId}/status", Ct)).Single(line =>
            line.StartsWith("Uid:")
        );
        // Where nobody cannot reach the programs either, as in a clone below /root, a user namespace calls root so.
        var isNobody = isOpen && Environment.IsPrivilegedProcess && await NobodyReachesAsync(PostgresBinaries.Find().Postgres);
        Assert.True(!isNobody || user.Contains("65534"), user);
    }

    [Fact]
    public async Task Two_first_starts_at_the_same_moment_make_one_database()
    {
        var both = await Task.WhenAll(EmbeddedServer.StartAsync(data), EmbeddedServer.StartAsync(data), EmbeddedServer.StartAsync(data));

        Assert.Single(both.Select(one => one.ConnectionString).Distinct());
        foreach (var one in both)
        {
            await one.DisposeAsync();
        }

        Assert.Null(Postmaster.Read(data.Path("pg")));
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

        await using var next = await EmbeddedServer.StartAsync(data);
        Assert.Equal("1", await EmbeddedServer.AskAsync(next, "SELECT 1"));
        Assert.Empty(Directory.EnumerateDirectories(data.Root, "pg.new-*"));
    }

    private static async Task<bool> NobodyReachesAsync(string program)
    {
        using var tried = Process.Start("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "test", "-x", program]);
        await tried.WaitForExitAsync(Ct);
        return tried.ExitCode == 0;
    }
}
