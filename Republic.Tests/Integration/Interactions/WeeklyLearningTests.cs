using Microsoft.EntityFrameworkCore;
using Republic.Core.Training.Runs;
using Republic.Tests.Integration.Training;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Interactions;

[Collection(nameof(IdleNode))]
public sealed class WeeklyLearningTests(IdleRepublic republic) : ScheduleTestBase(republic)
{
    [Fact]
    public async Task A_weekly_run_from_chats_is_skipped_while_too_few_pairs_are_new()
    {
        var person = await Node.NewPersonAsync("Chatter");
        var minion = (await person.NewMinionAsync("weekly")).Id;
        var browser = await person.BrowserAsync();
        var fields = new Dictionary<string, string> { ["weekly"] = "true", ["timeZone"] = "Europe/Zagreb" };
        using var saved = await browser.SubmitAsync(
            $"/training/chats?minion={minion}",
            fields,
            $"/training/chats?minion={minion}&handler=Schedule"
        );
        var schedule = await Node.QueryAsync(db => db.TrainingSchedules.Where(s => s.MinionId == minion).Select(s => s.Id).SingleAsync());
        var card = (await person.Api.GetAsync($"/api/users/{person.Id}/training-schedules/{schedule}"))["schedule"]!;
        Assert.Equal("interactions", card["origin"]!.GetValue<string>());
        Assert.Equal("Every Sunday in the hours from 03:00 to 06:00, Europe/Zagreb", card["sentence"]!.GetValue<string>());

        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        Assert.Empty(await RunsAsync(person));
        Assert.Contains("0 of 100 pairs are ready", (await ReadAsync(schedule)).Skipped, StringComparison.Ordinal);

        var chats = new PlantedChats(Node, person, minion);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 100);
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        var run = Assert.Single(await RunsAsync(person));
        Assert.Equal((RunOrigin.Interactions, true), (run.Origin, run.Config.Continues));
        Assert.Null((await ReadAsync(schedule)).Skipped);

        // Nothing works here, so it waits: and is stopped when its chat no longer teaches.
        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "off" });
        var job = (await person.Api.GetAsync($"/api/training/jobs/{run.Id}"))["job"]!;
        Assert.Equal("stopped", job["job_status"]!.GetValue<string>());
        var start = $"/api/users/{person.Id}/external-training/jobs/{run.Id}/start";
        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, start);
        Assert.Contains("The chat that this run's rows come from was", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "on" });
        await person.Api.PostAsync(start);
    }

    [Fact]
    public async Task A_weekly_run_that_is_paused_is_called_off_when_its_chat_is_taken_back()
    {
        var person = await Node.NewPersonAsync("Pauser");
        var minion = (await person.NewMinionAsync("weekly")).Id;
        var browser = await person.BrowserAsync();
        var address = $"/training/chats?minion={minion}";
        using var saved = await browser.SubmitAsync(address, new Dictionary<string, string> { ["weekly"] = "true" }, "handler=Schedule");
        var chats = new PlantedChats(Node, person, minion);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 10);
        await chats.AnswersAsync(await chats.ChatAsync(), 100);
        var schedule = await Node.QueryAsync(db => db.TrainingSchedules.Where(s => s.MinionId == minion).Select(s => s.Id).SingleAsync());
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        var ends = (await ReadAsync(schedule)).WorkEndsAt!.Value;
        Assert.True(await EndHoursAsync(schedule, ends));
        Assert.Contains(
            "Stopped at 06:00, when its hours ended. It continues on Sunday",
            await browser.ReadAsync(address),
            StringComparison.Ordinal
        );

        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "off" });

        var page = await browser.ReadAsync(address);
        Assert.DoesNotContain("It continues on", page, StringComparison.Ordinal);
        Assert.Contains("10 of its 110 rows come from was taken back", page, StringComparison.Ordinal);
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        Assert.Equal([110, 100], await SizesAsync(person));
    }

    private static async Task<IEnumerable<int>> SizesAsync(Inhabitant person) =>
        (await person.Api.GetAsync("/api/training/jobs"))["jobs"]!
            .AsArray()
            .Reverse()
            .Select(job => job!["training_data_size"]!.GetValue<int>());
}
