using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Jobs;
using Republic.Core.Training.Schedules;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>What becomes of a run that is not done when the hours of its schedule end.</summary>
[Collection(nameof(IdleNode))]
public sealed class ScheduleHoursTests(IdleRepublic republic, TestDatabases databases) : ScheduleTestBase(republic)
{
    [Fact]
    public async Task A_run_that_its_hours_end_is_paused_and_the_next_time_goes_on_with_it()
    {
        var (person, schedule, dataset) = await NewAsync("Sunday", until: "06:00");
        var path = $"/api/users/{person.Id}/training-schedules/{schedule}";
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        var run = Assert.Single(await RunsAsync(person));
        var ends = (await ReadAsync(schedule)).WorkEndsAt!.Value;
        Assert.False(await EndHoursAsync(schedule, ends - TimeSpan.FromSeconds(1)));
        Assert.Equal("QUEUED", (string?)(await TrainingWorld.JobAsync(person, run.Id))["status"]);
        Assert.Null((await person.Api.GetAsync(path))["schedule"]!["stopped"]);

        Assert.True(await EndHoursAsync(schedule, ends));

        var next = await NextAsync(schedule);
        var why =
            $"Stopped at 06:00, when its hours ended. It continues on {(await ReadAsync(schedule)).Time.Local(next):dddd d MMM} at 03:00.";
        var paused = await TrainingWorld.JobAsync(person, run.Id);
        Assert.Equal(("PAUSED", why), ((string?)paused["status"], (string?)paused["error_message"]));
        Assert.Equal(why, (string?)(await person.Api.GetAsync(path))["schedule"]!["stopped"]);
        var browser = await person.BrowserAsync();
        Assert.Contains(why, await browser.ReadAsync("/training"));
        Assert.Contains(why, await browser.ReadAsync($"/training/{run.Id}"));

        await VersionAsync(dataset, 2);
        Assert.True(await KeepAsync(schedule, next));
        var resumed = Assert.Single(await RunsAsync(person));
        Assert.NotEqual(run.WorkId, resumed.WorkId);
        Assert.Equal((resumed.Id, resumed.WorkId), ((await ReadAsync(schedule)).LastRun, (await ReadAsync(schedule)).WorkId));
        Assert.Null((await person.Api.GetAsync(path))["schedule"]!["stopped"]);

        // What came into the dataset meanwhile waits for the run after.
        await EndAsync(run.Id);
        Assert.False(await EndHoursAsync(schedule, next));
        Assert.True(await EndHoursAsync(schedule, next.AddHours(4)));
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        Assert.Equal(2, (await RunsAsync(person)).Count);
    }

    [Fact]
    public async Task A_paused_run_that_its_person_starts_is_left_alone_by_the_schedule()
    {
        var (person, schedule, dataset) = await NewAsync("Impatient", until: "06:00");
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        var run = Assert.Single(await RunsAsync(person));
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await Node.QueryAsync(db =>
            db.TrainingSchedules.Where(s => s.Id == schedule).ExecuteUpdateAsync(set => set.SetProperty(s => s.WorkEndsAt, past))
        );
        await Node.Services.GetRequiredService<HoursSweep>().SweepAsync(Ct);
        await Until.TrueAsync(async () => (string?)(await TrainingWorld.JobAsync(person, run.Id))["status"] == "PAUSED");
        await TrainingWorld.StartAsync(person, run.Id);
        await VersionAsync(dataset, 2);

        var next = await NextAsync(schedule);
        Assert.True(await KeepAsync(schedule, next));
        Assert.Contains("was in the run", (await ReadAsync(schedule)).Skipped);
        Assert.False(await EndHoursAsync(schedule, next.AddHours(4)));

        Assert.Equal("QUEUED", (string?)(await TrainingWorld.JobAsync(person, run.Id))["status"]);
        Assert.Single(await RunsAsync(person));
    }

    [Fact]
    public async Task A_paused_run_whose_rows_were_taken_back_makes_way_for_a_new_one()
    {
        var (person, schedule, dataset) = await NewAsync("Tidy", until: "06:00");
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        Assert.True(await EndHoursAsync(schedule, (await ReadAsync(schedule)).WorkEndsAt!.Value));
        var other = await TrainingWorld.NewDatasetAsync(person, 6);
        await VersionAsync(other, 1);
        await person.Api.PutAsync($"/api/users/{person.Id}/training-schedules/{schedule}", new { dataset_ids = new[] { other } });
        var taught = await ReadAsync(schedule);
        await Node.QueryAsync(db =>
        {
            // Of a chat that is no longer there.
            db.LearnedPairs.Add(
                new LearnedPair
                {
                    DatasetId = dataset,
                    MessageId = Guid.CreateVersion7(),
                    ConversationId = Guid.CreateVersion7(),
                    OwnerId = person.Id,
                    MinionId = taught.MinionId,
                    Hash = [1],
                    MemoryIds = [],
                    IsCorrection = false,
                }
            );
            return db.SaveChangesAsync();
        });

        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));

        Assert.Null((await ReadAsync(schedule)).Skipped);
        Assert.Equal(
            [dataset, other],
            (await RunsAsync(person)).OrderBy(run => run.CreatedAt).Select(run => Assert.Single(run.DatasetIds))
        );
    }

    [Fact]
    public async Task Who_deletes_a_schedule_is_told_of_its_paused_run()
    {
        var (person, schedule, _) = await NewAsync("Parting", until: "06:00");
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        Assert.True(await EndHoursAsync(schedule, (await ReadAsync(schedule)).WorkEndsAt!.Value));
        var browser = await person.BrowserAsync();

        using var deleted = await browser.SubmitAsync("/training", new Dictionary<string, string>(), $"{schedule}?handler=Delete");

        Assert.Contains("The last one is paused; you can continue it on its page.", await browser.ReadAsync("/training"));
    }

    [Fact]
    public async Task Two_nodes_end_the_hours_once_and_go_on_once()
    {
        var (person, schedule, _) = await NewAsync("Twins", until: "06:00");
        await using var other = new SecondNode(databases, Node, IdleRepublic.MasterKey) { IsIdle = true };
        await other.InitializeAsync();
        Assert.True(await KeepAsync(schedule, await NextAsync(schedule)));
        var ends = (await ReadAsync(schedule)).WorkEndsAt!.Value;

        var ended = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Task.Run(() => EndHoursAsync(schedule, ends, i % 2 == 0 ? Node : other), Ct))
        );
        var next = await NextAsync(schedule);
        var kept = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Task.Run(() => KeepAsync(schedule, next, i % 2 == 0 ? Node : other), Ct))
        );

        Assert.Single(ended, one => one);
        Assert.Single(kept, one => one);
        Assert.Single(await RunsAsync(person));
        var works = await Node.QueryAsync(db =>
            db.Jobs.Where(job => job.OwnerId == person.Id && job.Kind == "training")
                .OrderBy(job => job.Id)
                .Select(job => job.Status)
                .ToListAsync()
        );
        Assert.Equal([JobStatus.Paused, JobStatus.Queued], works);
    }
}
