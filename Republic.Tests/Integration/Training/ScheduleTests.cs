using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Jobs;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

[Collection(nameof(IdleNode))]
public sealed class ScheduleTests(IdleRepublic republic, TestDatabases databases) : ScheduleTestBase(republic)
{
    [Fact]
    public async Task A_run_is_made_when_it_is_time_and_the_next_week_only_for_what_is_new()
    {
        var (person, schedule, dataset) = await NewAsync("Weekly");
        Assert.False(await KeepAsync(schedule, await NextAsync(schedule) - TimeSpan.FromSeconds(1)));
        Assert.Empty(await RunsAsync(person));

        var first = await NextAsync(schedule);
        Assert.True(await KeepAsync(schedule, first + TimeSpan.FromSeconds(1)));
        var run = Assert.Single(await RunsAsync(person));
        Assert.StartsWith("New rows, ", run.Name, StringComparison.Ordinal);
        Assert.NotNull(run.WorkId);
        Assert.Equal(first.AddDays(7), await NextAsync(schedule), TimeSpan.FromHours(1));
        Assert.Equal(run.Id, (await ReadAsync(schedule)).LastRun);

        await EndAsync(run.Id);
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        Assert.Single(await RunsAsync(person));
        Assert.Contains("Nothing is new", (await ReadAsync(schedule)).Skipped);

        await VersionAsync(dataset, 2);
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        Assert.Equal(2, (await RunsAsync(person)).Count);
        Assert.Null((await ReadAsync(schedule)).Skipped);
    }

    [Fact]
    public async Task Two_nodes_at_the_same_moment_make_one_run()
    {
        var (person, schedule, _) = await NewAsync("Racer");
        await using var other = new SecondNode(databases, Node, IdleRepublic.MasterKey) { IsIdle = true };
        await other.InitializeAsync();
        var due = await NextAsync(schedule);

        var kept = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Task.Run(() => KeepAsync(schedule, due, i % 2 == 0 ? Node : other), Ct))
        );

        Assert.Single(kept, one => one);
        Assert.Single(await RunsAsync(person));
        Assert.Equal(1, await Node.QueryAsync(db => db.Jobs.CountAsync(job => job.OwnerId == person.Id && job.Kind == "training")));
    }

    [Fact]
    public async Task A_run_whose_node_died_before_it_could_say_so_is_not_made_again()
    {
        var (person, schedule, dataset) = await NewAsync("Survivor");
        var due = await ReadAsync(schedule);
        await using (var scope = Node.Services.CreateAsyncScope())
        {
            var services = scope.ServiceProvider;
            var input = new TrainingInput("New rows, today", due.MinionId, "lora_only", null, [dataset]);
            await services.GetRequiredService<TrainingEditor>().CreateAsync(person.Id, input, due.Config, due.NextRun, Ct);
            await services.GetRequiredService<TrainingControl>().StartAsync(person.Id, due.NextRun, Ct);
        }

        Assert.True(await KeepAsync(schedule, due.NextAt!.Value));

        Assert.Single(await RunsAsync(person));
        Assert.Equal(due.NextRun, (await ReadAsync(schedule)).LastRun);
    }

    [Fact]
    public async Task A_schedule_makes_runs_of_its_type_with_its_collections()
    {
        var (person, schedule, _) = await NewAsync("Librarian");
        var guide = (await Node.NewCollectionAsync(person.Id, "Guide")).Id;
        var path = $"/api/users/{person.Id}/training-schedules/{schedule}";
        await person.Api.ProblemAsync(400, HttpMethod.Put, path, new { collection_ids = new[] { guide } });
        await person.Api.ProblemAsync(404, HttpMethod.Put, path, new { training_type = "hybrid", collection_ids = new[] { person.Id } });
        await person.Api.PutAsync(path, new { training_type = "hybrid", collection_ids = new[] { guide } });
        var card = (await person.Api.PutAsync(path, new { day = "every" }))["schedule"]!;
        Assert.Equal("hybrid", card["training_type"]!.GetValue<string>());

        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        var run = Assert.Single(await RunsAsync(person));
        Assert.Equal((TrainingType.Hybrid, guide), (run.Type, Assert.Single(run.CollectionIds)));
    }

    [Fact]
    public async Task Weeks_that_were_missed_are_made_up_for_once()
    {
        var (person, schedule, _) = await NewAsync("Sleeper");
        var late = await NextAsync(schedule) + TimeSpan.FromDays(30);

        Assert.True(await KeepAsync(schedule, late));
        Assert.False(await KeepAsync(schedule, late));

        Assert.Single(await RunsAsync(person));
        Assert.InRange(await NextAsync(schedule) - late, TimeSpan.Zero, TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task Off_peak_hours_wait_for_a_run_that_is_active_and_end_when_they_close()
    {
        var (person, schedule, _) = await NewAsync("Nightly", until: "05:00");
        var busy = await new PlantedUsage(Node, person).RunAsync(
            (await ReadAsync(schedule)).MinionId,
            TimeProvider.System.GetUtcNow(),
            "local",
            JobStatus.Running
        );
        var opens = await NextAsync(schedule);

        Assert.True(await KeepAsync(schedule, opens));
        Assert.Contains("Planted run", (await ReadAsync(schedule)).Skipped);
        Assert.Equal(opens.AddMinutes(10), await NextAsync(schedule));
        await EndAsync(busy);
        Assert.True(await KeepAsync(schedule, opens.AddMinutes(10)));
        Assert.Equal(2, (await RunsAsync(person)).Count);

        await EndAsync((await ReadAsync(schedule)).LastRun!.Value);
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule) + TimeSpan.FromHours(3)));
        Assert.Contains("not running in those hours", (await ReadAsync(schedule)).Skipped);
    }

    [Fact]
    public async Task A_quota_that_is_reached_is_said_and_leaves_no_run_behind()
    {
        var (person, schedule, _) = await NewAsync("Limited");
        var other = await person.NewMinionAsync("busy");
        await new PlantedUsage(Node, person).RunAsync(other.Id, TimeProvider.System.GetUtcNow(), "local", JobStatus.Running);

        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));

        Assert.Single(await RunsAsync(person));
        Assert.Contains("as many as are allowed", (await ReadAsync(schedule)).Skipped);
    }

    [Fact]
    public async Task What_was_missed_is_found_by_the_server_itself_when_it_starts()
    {
        await using var restarted = new IdleRepublic(databases);
        await restarted.InitializeAsync();
        var (person, schedule, _) = await NewAsync("Restarter", on: restarted);
        var missed = TimeProvider.System.GetUtcNow().AddDays(-20);
        await restarted.QueryAsync(db =>
            db.TrainingSchedules.Where(s => s.Id == schedule).ExecuteUpdateAsync(set => set.SetProperty(s => s.NextAt, missed))
        );

        await restarted.RestartAsync();

        await Until.TrueAsync(async () => (await RunsAsync(person, restarted)).Count == 1);
    }

    [Fact]
    public async Task A_schedule_is_made_changed_paused_and_deleted_by_the_api_and_what_is_wrong_is_said_by_field()
    {
        var (person, id, dataset) = await NewAsync("Editor");
        var path = $"/api/users/{person.Id}/training-schedules";
        var changed = (
            await person.Api.PutAsync(
                $"{path}/{id}",
                new
                {
                    day = "every",
                    at = "22:30",
                    until = "04:00",
                    time_zone = "Asia/Kolkata",
                }
            )
        )["schedule"]!;
        Assert.Equal("Every day in the hours from 22:30 to 04:00, Asia/Kolkata", changed["sentence"]!.GetValue<string>());
        Assert.Equal(17, changed["next_at"]!.GetValue<DateTimeOffset>().UtcDateTime.Hour);
        Assert.Equal(dataset, changed["dataset_ids"]![0]!.GetValue<Guid>());
        Assert.Null((await person.Api.PutAsync($"{path}/{id}", new { paused = true }))["schedule"]!["next_at"]);
        Assert.NotNull((await person.Api.PutAsync($"{path}/{id}", new { paused = false }))["schedule"]!["next_at"]);
        Assert.Single((await person.Api.GetAsync(path))["schedules"]!.AsArray());

        var bad = new
        {
            name = " ",
            day = "someday",
            at = "25:00",
            time_zone = "Mars/Olympus",
            dataset_ids = Array.Empty<Guid>(),
        };
        var errors = (await person.Api.ProblemAsync(400, HttpMethod.Put, $"{path}/{id}", bad))["errors"]!.AsObject();
        Assert.Equal(["at", "dataset_ids", "day", "name", "time_zone"], errors.Select(error => error.Key).Order());

        await person.Api.DeleteAsync($"{path}/{id}");
        await person.Api.ProblemAsync(404, HttpMethod.Get, $"{path}/{id}");
    }

    [Fact]
    public async Task A_schedule_is_made_and_kept_in_a_browser_without_scripts()
    {
        var (person, _, dataset) = await NewAsync("Clicker");
        var browser = await person.BrowserAsync();
        var minion = await person.NewMinionAsync("second");
        using var made = await browser.SubmitAsync(
            "/training/schedules/new",
            new Dictionary<string, string>
            {
                ["Input.Name"] = "By hand",
                ["Input.MinionId"] = minion.Id.ToString(),
                ["Input.DatasetIds"] = dataset.ToString(),
                ["Input.Day"] = "monday",
                ["Input.At"] = "02:15",
                ["Input.TimeZone"] = "Europe/Berlin",
            },
            "/training/schedules/new"
        );
        Assert.Equal(302, (int)made.StatusCode);
        Assert.Contains("Every Monday at 02:15, Europe/Berlin", await browser.ReadAsync("/training"));
        var profile = await browser.ReadAsync($"/models/{minion.Id}");
        Assert.Contains("By hand", profile);
        Assert.DoesNotContain("New rows", profile);

        using var paused = await browser.SubmitAsync($"/models/{minion.Id}", new Dictionary<string, string>(), "handler=Pause");
        Assert.Equal(302, (int)paused.StatusCode);
        Assert.Contains("Paused", await browser.ReadAsync("/training"));
        using var deleted = await browser.SubmitAsync($"/models/{minion.Id}", new Dictionary<string, string>(), "Delete");
        Assert.DoesNotContain("By hand", await browser.ReadAsync("/training"));
    }
}
