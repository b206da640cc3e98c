using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Interactions;

public sealed class WeeklyLearningTests(IdleRepublic republic) : IClassFixture<IdleRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_weekly_run_from_chats_is_skipped_while_too_few_pairs_are_new()
    {
        var person = await republic.NewPersonAsync("Chatter");
        var minion = (await person.NewMinionAsync("weekly")).Id;
        var browser = await person.BrowserAsync();
        var fields = new Dictionary<string, string> { ["weekly"] = "true", ["timeZone"] = "Europe/Zagreb" };
        using var saved = await browser.SubmitAsync(
            $"/training/chats?minion={minion}",
            fields,
            $"/training/chats?minion={minion}&handler=Schedule"
        );
        var schedule = await republic.QueryAsync(db =>
            db.TrainingSchedules.Where(s => s.MinionId == minion).Select(s => s.Id).SingleAsync()
        );
        var card = (await person.Api.GetAsync($"/api/users/{person.Id}/training-schedules/{schedule}"))["schedule"]!;
        Assert.Equal("interactions", card["origin"]!.GetValue<string>());
        Assert.Equal("Every Sunday in the hours from 03:00 to 06:00, Europe/Zagreb", card["sentence"]!.GetValue<string>());

        Assert.True(await KeepAsync(schedule));
        Assert.Empty(await RunsAsync(person));
        Assert.Contains("0 of 100 pairs are ready", (await ReadAsync(schedule)).Skipped, StringComparison.Ordinal);

        var chats = new PlantedChats(republic, person, minion);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 100);
        Assert.True(await KeepAsync(schedule));
        var run = Assert.Single(await RunsAsync(person));
        Assert.Equal((RunOrigin.Interactions, true), (run.Origin, run.Config.Continues));
        Assert.Null((await ReadAsync(schedule)).Skipped);

        // Nothing works here, so it waits: and is stopped when its chat no longer teaches.
        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "off" });
        var job = (await person.Api.GetAsync($"/api/training/jobs/{run.Id}"))["job"]!;
        Assert.Equal("stopped", job["job_status"]!.GetValue<string>());
        var start = $"/api/users/{person.Id}/external-training/jobs/{run.Id}/start";
        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, start);
        Assert.Contains("1 of the 1 chats", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "on" });
        await person.Api.PostAsync(start);
    }

    [Fact]
    public async Task A_weekly_run_that_is_paused_is_called_off_when_its_chat_is_taken_back()
    {
        var person = await republic.NewPersonAsync("Pauser");
        var minion = (await person.NewMinionAsync("weekly")).Id;
        var browser = await person.BrowserAsync();
        var address = $"/training/chats?minion={minion}";
        using var saved = await browser.SubmitAsync(address, new Dictionary<string, string> { ["weekly"] = "true" }, "handler=Schedule");
        var chats = new PlantedChats(republic, person, minion);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 10);
        await chats.AnswersAsync(await chats.ChatAsync(), 100);
        var schedule = await republic.QueryAsync(db =>
            db.TrainingSchedules.Where(s => s.MinionId == minion).Select(s => s.Id).SingleAsync()
        );
        Assert.True(await KeepAsync(schedule));
        var ends = (await ReadAsync(schedule)).WorkEndsAt!.Value;
        Assert.True(
            await ActivatorUtilities.CreateInstance<ScheduleHours>(republic.Services, (TimeProvider)new At(ends)).EndAsync(schedule, Ct)
        );
        Assert.Contains(
            "Stopped at 06:00, when its hours ended. It continues on Sunday",
            await browser.ReadAsync(address),
            StringComparison.Ordinal
        );

        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "off" });

        var page = await browser.ReadAsync(address);
        Assert.DoesNotContain("It continues on", page, StringComparison.Ordinal);
        Assert.Contains("10 of its 110 rows come from was taken back", page, StringComparison.Ordinal);
        Assert.True(await KeepAsync(schedule));
        Assert.Equal([110, 100], await SizesAsync(person));
    }

    /// <summary>Keeps the schedule as if its next time had come.</summary>
    private async Task<bool> KeepAsync(Guid schedule)
    {
        var due = (await ReadAsync(schedule)).NextAt!.Value;
        await using var scope = republic.Services.CreateAsyncScope();
        return await ActivatorUtilities
            .CreateInstance<ScheduledRun>(scope.ServiceProvider, (TimeProvider)new At(due))
            .KeepAsync(schedule, Ct);
    }

    private static async Task<IEnumerable<int>> SizesAsync(Inhabitant person) =>
        (await person.Api.GetAsync("/api/training/jobs"))["jobs"]!
            .AsArray()
            .Reverse()
            .Select(job => job!["training_data_size"]!.GetValue<int>());

    private Task<TrainingSchedule> ReadAsync(Guid schedule) =>
        republic.QueryAsync(db => db.TrainingSchedules.AsNoTracking().SingleAsync(s => s.Id == schedule));

    private Task<List<TrainingJob>> RunsAsync(Inhabitant person) =>
        republic.QueryAsync(db => db.TrainingJobs.AsNoTracking().Where(job => job.OwnerId == person.Id).ToListAsync());

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
