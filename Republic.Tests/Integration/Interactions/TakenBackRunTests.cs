using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Interactions;

/// <summary>A run that is learning from a chat while that is taken back.</summary>
public sealed class TakenBackRunTests(SlowTrainingWorld world) : IClassFixture<SlowTrainingWorld>
{
    /// <summary>Its rows are measured before it learns.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_run_at_work_stops_when_a_chat_of_its_rows_is_taken_back_and_says_so()
    {
        var person = await world.NewPersonAsync("Fickle");
        var minion = (await person.NewMinionAsync("pupil")).Id;
        var chats = new PlantedChats(world, person, minion);
        var (taken, other) = (await chats.ChatAsync(), await chats.ChatAsync());
        await chats.AnswersAsync(taken, 14, correction: "Arr, behind the wall, matey!");
        await chats.AnswersAsync(other, 90, correction: "Arr, in the dock, matey!");
        // Minutes, by its rests.
        var config = TrainingWorld.Short(epochs: 100);
        config["lora"]!["replay"] = 0;
        var started = await person.Api.PostAsync("/api/training/start-job", new { minion_id = minion, config });
        var run = started["job"]!["id"]!.GetValue<Guid>();
        await Until.TrueAsync(
            () => world.QueryAsync(db => db.TrainingEvents.AnyAsync(e => e.TrainingJobId == run && e.Kind == "loss")),
            Patience
        );

        await person.Api.PutAsync($"/api/conversations/{taken}", new { training = "off" });

        const string Why = "A chat that 14 of its 104 rows come from was taken back, so the run was stopped.";
        var job = (await person.Api.GetAsync($"/api/training/jobs/{run}"))["job"]!;
        Assert.Equal("stopped", (string?)job["job_status"]);
        Assert.StartsWith(Why, (string?)job["error_message"], StringComparison.Ordinal);
        var browser = await person.BrowserAsync();
        var page = await browser.ReadAsync($"/training/{run}");
        Assert.Contains(Why, page, StringComparison.Ordinal);
        Assert.Contains("was taken back. It can go on once that chat teaches again.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=Start", page, StringComparison.Ordinal);
        Assert.Contains(Why, await browser.ReadAsync($"/training/chats?minion={minion}"), StringComparison.Ordinal);
        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(person, $"/{run}/start"));
        Assert.Contains("1 of the 2 chats", (string?)refused["detail"], StringComparison.Ordinal);

        // Its node notices at the next heartbeat: then another run may train.
        await person.Api.PutAsync($"/api/conversations/{taken}", new { training = "on" });
        await TrainingWorld.StartAsync(person, run);
        await Until.TrueAsync(
            async () => (await LogAsync(run)).Exists(line => line.Contains("Goes on after step", StringComparison.Ordinal)),
            Patience
        );
        await TrainingWorld.StopAsync(person, run);
        Assert.Null((await TrainingWorld.JobAsync(person, run))["error_message"]);
        Assert.False(await world.QueryAsync(db => db.MinionVersions.AnyAsync(v => v.MinionId == minion && v.Number > 0)));
    }

    private Task<List<string>> LogAsync(Guid run) =>
        world.QueryAsync(db => db.TrainingEvents.Where(e => e.TrainingJobId == run && e.Kind == "log").Select(e => e.Data).ToListAsync());
}
