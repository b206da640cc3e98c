using System.Diagnostics;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A run in an app whose own database is restarted under it.</summary>
[Collection(nameof(LastingData))]
public sealed class LostDatabaseTests(LastingData data) : IDisposable
{
    public void Dispose() => data.KillServer();

    [Fact]
    public async Task A_run_that_loses_its_database_in_the_middle_goes_on_when_it_is_back_and_asks_nothing_twice_that_was_answered()
    {
        const int Questions = (4 * 10 * 2) + 3 + 4 + 4;
        await using var vendor = new FakeVendor();
        await using var app = await AppProcess.StartAsync(data.Folder);
        var nora = await Inhabitant.SignUpAsync(app.Address, "Nora");
        var minion = await nora.NewMinionAsync("clerk", vendor);
        var job = await TrainingWorld.NewJobAsync(nora, minion.Id, [], TrainingWorld.Friendly(repeats: 10));
        await TrainingWorld.StartAsync(nora, job);
        await Until.TrueAsync(() => vendor.Requests.Count > 5);

        var server = data.Server!.ProcessId;
        // As pg_ctl stop -m immediate does it.
        using (var quit = Process.Start("kill", ["-QUIT", $"{server}"]))
        {
            await quit.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await Until.TrueAsync(() => data.Server is { } after && after.ProcessId != server);
        string? status = null;
        await Until.TrueAsync(
            async () =>
            {
                using var answer = await nora.Api.SendAsync(HttpMethod.Get, TrainingWorld.PathOf(nora, $"/{job}"));
                status = answer.IsSuccessStatusCode
                    ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["job"]![
                        "status"
                    ]!.GetValue<string>()
                    : null;
                return status is not (null or "QUEUED" or "RUNNING");
            },
            TimeSpan.FromMinutes(3)
        );

        Assert.Equal("COMPLETED", status);
        var keys = vendor.Requests.Select(request => request.Headers["Idempotency-Key"]).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.InRange(keys.Count, Questions, Questions + 3);
        await app.StopAsync();
    }
}
