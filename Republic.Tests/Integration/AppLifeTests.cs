using System.Diagnostics;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>The app with its embedded database, as processes that are killed.</summary>
[Collection(nameof(LastingData))]
public sealed class AppLifeTests(LastingData data) : IDisposable
{
    private Postmaster? Server => data.Server;

    public void Dispose() => data.KillServer();

    [Fact]
    public async Task When_its_database_is_killed_the_app_goes_on_by_itself_and_nobody_is_signed_out()
    {
        await using var app = await AppProcess.StartAsync(data.Folder);
        var mira = await Inhabitant.SignUpAsync(app.Address, "Mira");
        var before = Server!;

        using (var killed = Process.GetProcessById(before.ProcessId))
        {
            killed.Kill();
        }

        await Until.TrueAsync(async () =>
        {
            using var answer = await mira.Api.SendAsync(HttpMethod.Get, "/api/account/me");
            return answer.IsSuccessStatusCode && Server is { } after && after.ProcessId != before.ProcessId;
        });
        Assert.Equal(before.Port, Server!.Port);
        await app.StopAsync();
        Assert.Null(Server);
    }

    [Fact]
    public async Task A_killed_app_leaves_its_database_to_the_next_start_with_everybody_in_it()
    {
        Postmaster left;
        await using (var killed = await AppProcess.StartAsync(data.Folder))
        {
            await Inhabitant.SignUpAsync(killed.Address, "Jonas");
            left = Server!;
            await killed.KillAsync();
        }

        Assert.True(left.IsAlive);
        await using var next = await AppProcess.StartAsync(data.Folder);
        Assert.Equal(left, Server);
        var jonas = new Visitor(next.Address);
        await jonas.SignInAsync("jonas@republic.example", "a long password of Jonas");
        await next.StopAsync();
        Assert.Null(Server);
    }

    [Fact]
    public async Task A_taken_port_is_said_with_what_to_do_and_the_running_copy_keeps_its_database()
    {
        await using var app = await AppProcess.StartAsync(data.Folder);

        var (exit, output) = await AppProcess.RunToEndAsync(data.Folder, app.Address.ToString());

        Assert.NotEqual(0, exit);
        Assert.Contains("--urls", output);
        Assert.DoesNotContain("Unhandled exception", output);
        await Inhabitant.SignUpAsync(app.Address, "Ada");
        await app.StopAsync();
    }
}
