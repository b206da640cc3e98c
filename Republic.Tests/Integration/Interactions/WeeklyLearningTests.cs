using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;
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
        var (browser, address) = (await person.BrowserAsync(), $"/training/chats?minion={minion}");
        var fields = new Dictionary<string, string> { ["weekly"] = "true", ["timeZone"] = "Europe/Zagreb" };
        using var saved = await browser.SubmitAsync(address, fields, $"{address}&handler=Schedule");
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
        var schedule = await WeeklyAsync(person, minion);
        var (browser, address) = (await person.BrowserAsync(), $"/training/chats?minion={minion}");
        var chats = new PlantedChats(Node, person, minion);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 10);
        await chats.AnswersAsync(await chats.ChatAsync(), 100);
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        var ends = (await ReadAsync(schedule)).WorkEndsAt!.Value;
        Assert.True(await EndHoursAsync(schedule, ends));
        var page = await browser.ReadAsync(address);
        Assert.Contains("Stopped at 06:00, when its hours ended. It continues on Sunday", page, StringComparison.Ordinal);

        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "off" });

        page = await browser.ReadAsync(address);
        Assert.DoesNotContain("It continues on", page, StringComparison.Ordinal);
        Assert.Contains("10 of its 110 rows come from was taken back", page, StringComparison.Ordinal);
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        Assert.Equal([110, 100], await SizesAsync(person));
    }

    [Fact]
    public async Task What_a_run_in_vain_learned_is_not_trained_again_every_week()
    {
        var person = await Node.NewPersonAsync("Repeater");
        var minion = (await person.NewMinionAsync("weekly")).Id;
        var schedule = await WeeklyAsync(person, minion);
        var chats = new PlantedChats(Node, person, minion);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 100);
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        await InVainAsync(Assert.Single(await RunsAsync(person)).Id);

        await chats.AnswersAsync(chat, 19);
        var (browser, address) = (await person.BrowserAsync(), $"/training/chats?minion={minion}");
        const string why = "19 pairs are new since the last run";
        var page = await browser.ReadAsync(address);
        Assert.Contains("it would be skipped", page, StringComparison.Ordinal);
        Assert.Contains(why, page, StringComparison.Ordinal);
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        Assert.Single(await RunsAsync(person));
        Assert.Contains(why, (await ReadAsync(schedule)).Skipped, StringComparison.Ordinal);
        Assert.Equal(2, (await browser.ReadAsync(address)).Split(why).Length);

        // Who starts one themselves may try the same once more.
        var started = await person.Api.PostAsync("/api/training/start-job", new { minion_id = minion });
        await EndAsync(started["job"]!["id"]!.GetValue<Guid>());
        await chats.AnswersAsync(chat, 1);
        Assert.DoesNotContain("it would be skipped", await browser.ReadAsync(address), StringComparison.Ordinal);
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        Assert.Equal(3, (await RunsAsync(person)).Count);
        Assert.Null((await ReadAsync(schedule)).Skipped);
    }

    [Fact]
    public async Task A_minion_at_a_provider_learns_a_style_from_its_chats()
    {
        await using var vendor = new FakeVendor();
        var person = await Node.NewPersonAsync("Stylist");
        var minion = (await person.NewMinionAsync("elsewhere", vendor)).Id;
        var schedule = await WeeklyAsync(person, minion);
        var chats = new PlantedChats(Node, person, minion);
        await chats.AnswersAsync(await chats.ChatAsync(), 100);

        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        await EndAsync(Assert.Single(await RunsAsync(person)).Id);
        await person.Api.PostAsync("/api/training/start-job", new { minion_id = minion });

        var runs = await RunsAsync(person);
        Assert.Equal(2, runs.Count);
        Assert.All(runs, run => Assert.Equal((TrainingMethod.Style, "sprout"), (run.Method, run.Config.BaseModel)));
    }

    [Fact]
    public async Task A_weekly_schedule_stays_its_minions_and_learns_from_its_chats_alone()
    {
        var person = await Node.NewPersonAsync("Mover");
        var (minion, other) = ((await person.NewMinionAsync("weekly")).Id, (await person.NewMinionAsync("other")).Id);
        var (schedule, dataset) = (await WeeklyAsync(person, minion), await TrainingWorld.NewDatasetAsync(person, 6));
        var collection = (await Node.NewCollectionAsync(person.Id, "Guide")).Id;
        await WeeklyAsync(person, other);
        var path = $"/api/users/{person.Id}/training-schedules/{schedule}";
        foreach (
            var (field, body) in new (string, object)[]
            {
                ("minion_id", new { minion_id = other }),
                ("dataset_ids", new { dataset_ids = new[] { dataset } }),
                ("collection_ids", new { collection_ids = new[] { collection } }),
                ("training_type", new { training_type = "rag_only" }),
            }
        )
        {
            var problem = await person.Api.ProblemAsync(400, HttpMethod.Put, path, body);
            Assert.Contains("from its chats alone", problem["errors"]![field]![0]!.GetValue<string>(), StringComparison.Ordinal);
        }

        var same = new
        {
            minion_id = minion,
            training_type = "lora_only",
            day = "monday",
        };
        Assert.Equal("monday", (await person.Api.PutAsync(path, same))["schedule"]!["day"]!.GetValue<string>());
        Assert.Equal(minion, (await ReadAsync(schedule)).MinionId);
    }

    [Fact]
    public async Task The_form_of_a_weekly_schedule_offers_no_datasets_and_no_other_minion()
    {
        var person = await Node.NewPersonAsync("Former");
        var minion = (await person.NewMinionAsync("weekly")).Id;
        var schedule = await WeeklyAsync(person, minion);
        var (browser, address) = (await person.BrowserAsync(), $"/training/schedules/{schedule}");

        var page = await browser.ReadAsync(address);
        Assert.DoesNotContain("Nothing to train with yet", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Input.DatasetIds", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Input.MinionId", page, StringComparison.Ordinal);
        Assert.Contains("Input.JudgeMinionId", page, StringComparison.Ordinal);
        var fields = new Dictionary<string, string>
        {
            ["Input.Name"] = "Of an evening",
            ["Input.Day"] = "saturday",
            ["Input.At"] = "22:00",
            ["Input.Until"] = "23:30",
            ["Input.TimeZone"] = "UTC",
        };
        using var saved = await browser.SubmitAsync(address, fields, address);

        Assert.Equal(302, (int)saved.StatusCode);
        var kept = await ReadAsync(schedule);
        Assert.Equal(("Of an evening", DayOfWeek.Saturday, minion), (kept.Name, kept.Day!.Value, kept.MinionId));
    }

    [Fact]
    public async Task A_schedule_can_be_changed_while_its_chats_are_read_and_no_other_node_takes_its_turn()
    {
        var person = await Node.NewPersonAsync("Waiter");
        var schedule = await WeeklyAsync(person, (await person.NewMinionAsync("weekly")).Id);
        var now = await NextAsync(schedule);
        var reading = new ReadChats(async () =>
        {
            Assert.False(await KeepAsync(schedule, now));
            await Node.QueryAsync(db =>
                db.Database.ExecuteSqlAsync($"select 1 from training_schedules where id = {schedule} for update nowait", Ct)
            );
            await person.Api.PutAsync($"/api/users/{person.Id}/training-schedules/{schedule}", new { paused = true });
            return Failure.TooMany("Chats are being read.");
        });

        Assert.True(await KeepAsync(schedule, now, reading));

        var kept = await ReadAsync(schedule);
        Assert.Equal("Chats are being read.", kept.Skipped);
        Assert.True(kept.IsPaused);
        Assert.Null(kept.NextAt);
    }

    [Fact]
    public async Task A_turn_whose_node_dies_over_it_is_taken_by_the_next_and_makes_the_same_run()
    {
        var person = await Node.NewPersonAsync("Heir");
        var minion = (await person.NewMinionAsync("weekly")).Id;
        var schedule = await WeeklyAsync(person, minion);
        var chats = new PlantedChats(Node, person, minion);
        await chats.AnswersAsync(await chats.ChatAsync(), 100);
        var due = await ReadAsync(schedule);
        var dying = new ReadChats(() => throw new InvalidOperationException("The node is gone."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => KeepAsync(schedule, due.NextAt!.Value, dying));

        Assert.False(await KeepAsync(schedule, due.NextAt!.Value.AddMinutes(4)));
        Assert.True(await KeepAsync(schedule, due.NextAt!.Value.AddMinutes(5)));

        Assert.Equal(due.NextRun, Assert.Single(await RunsAsync(person)).Id);
        Assert.Equal(due.NextAt!.Value.AddDays(7), await NextAsync(schedule), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_weekly_schedule_that_is_due_is_found_by_the_server_itself()
    {
        var person = await Node.NewPersonAsync("Found");
        var schedule = await WeeklyAsync(person, (await person.NewMinionAsync("weekly")).Id);
        var now = Node.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await Node.QueryAsync(db =>
            db.TrainingSchedules.Where(s => s.Id == schedule)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.NextAt, now).SetProperty(s => s.ClosesAt, now.AddHours(1)))
        );

        await Node.Services.GetRequiredService<ChatScheduleSweep>().SweepAsync(Ct);

        await Until.TrueAsync(async () =>
            (await ReadAsync(schedule)).Skipped?.Contains("0 of 100 pairs are ready", StringComparison.Ordinal) == true
        );
    }

    private async Task<Guid> WeeklyAsync(Inhabitant person, Guid minion)
    {
        var browser = await person.BrowserAsync();
        var fields = new Dictionary<string, string> { ["weekly"] = "true" };
        using var saved = await browser.SubmitAsync($"/training/chats?minion={minion}", fields, "handler=Schedule");
        Assert.Equal(302, (int)saved.StatusCode);
        return await Node.QueryAsync(db => db.TrainingSchedules.Where(s => s.MinionId == minion).Select(s => s.Id).SingleAsync());
    }

    /// <summary>Ends a run with a version that the gate refused.</summary>
    private async Task InVainAsync(Guid id)
    {
        await EndAsync(id);
        await Node.QueryAsync(async db =>
        {
            var run = await db.TrainingJobs.SingleAsync(job => job.Id == id);
            run.Report = new TrainingReport
            {
                GradedBy = TrainingReport.ByHeldOutLoss,
                Verdict = GateVerdict.Forgot,
                Conclusion = "It forgets what it knew.",
                Version = 1,
            };
            return await db.SaveChangesAsync();
        });
    }

    private async Task<bool> KeepAsync(Guid schedule, DateTimeOffset now, IChatRuns chats)
    {
        await using var scope = Node.Services.CreateAsyncScope();
        return await ActivatorUtilities.CreateInstance<ScheduledRun>(scope.ServiceProvider, new At(now), chats).KeepAsync(schedule, Ct);
    }

    private static async Task<IEnumerable<int>> SizesAsync(Inhabitant person) =>
        (await person.Api.GetAsync("/api/training/jobs"))["jobs"]!
            .AsArray()
            .Reverse()
            .Select(job => job!["training_data_size"]!.GetValue<int>());

    /// <summary>Reads chats as a test says, and makes no run.</summary>
    private sealed class ReadChats(Func<Task<Failure?>> read) : IChatRuns
    {
        public Task<Failure?> StartAsync(Guid owner, Guid minion, ScheduleConfig config, Guid known, CancellationToken ct) => read();
    }
}
