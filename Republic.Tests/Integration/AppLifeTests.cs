using System.Diagnostics;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>The app with its embedded database, as processes that are killed.</summary>
public sealed class AppLifeTests : IDisposable
{
    private readonly DataFolder data = new(Directory.CreateTempSubdirectory("republic-life-").FullName);

    private Postmaster? Server => Postmaster.Read(data.Path("pg"));

    public void Dispose()
    {
        if (Server is { IsAlive: true } left)
        {
            using var process = Process.GetProcessById(left.ProcessId);
            process.Kill();
            process.WaitForExit();
        }

        Directory.Delete(data.Root, recursive: true);
    }

    [Fact]
    public async Task When_its_database_is_killed_the_app_goes_on_by_itself_and_nobody_is_signed_out()
    {
        await using var app = await AppProcess.StartAsync(data);
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
        await using (var killed = await AppProcess.StartAsync(data))
        {
            await Inhabitant.SignUpAsync(killed.Address, "Mira");
            left = Server!;
            await killed.KillAsync();
        }

        Assert.True(left.IsAlive);
        await using var next = await AppProcess.StartAsync(data);
        Assert.Equal(left, Server);
        var mira = new Visitor(next.Address);
        await mira.SignInAsync("mira@republic.example", "a long password of Mira");
        await next.StopAsync();
        Assert.Null(Server);
    }

    [Fact]
    public async Task A_taken_port_is_said_with_what_to_do_and_the_running_copy_keeps_its_database()
    {
        await using var app = await AppProcess.StartAsync(data);

        var (exit, output) = await AppProcess.RunToEndAsync(data, app.Address.ToString());

        Assert.NotEqual(0, exit);
        Assert.Contains("--urls", output);
        Assert.DoesNotContain("Unhandled exception", output);
        await Inhabitant.SignUpAsync(app.Address, "Mira");
        await app.StopAsync();
    }
}
