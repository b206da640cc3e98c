using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Jobs;
using Republic.Core.Training.Schedules;
using Republic.Core.Training.Weights;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Runs that train weights, of which one computes at a time, and what they leave behind for the next start.</summary>
public sealed class TurnTests(SlowTrainingWorld world) : IClassFixture<SlowTrainingWorld>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A run that the test before stopped has its turn for a moment longer, and who waits for one begins once more.</summary>
    public async ValueTask InitializeAsync()
    {
        var slots = world.Services.GetRequiredService<JobSlots>();
        await Until.TrueAsync(() => slots.Running().Values.All(running => running == 0));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_run_that_waits_for_its_turn_to_train_leaves_its_place_to_another_and_trains_when_the_first_is_over()
    {
        await using var vendor = new FakeVendor();
        var (person, dataset) = await PersonAsync();
        // Minutes, by its rests.
        var first = await WeightsAsync(person, dataset, epochs: 400);
        await TrainingWorld.StartAsync(person, first);
        await Until.TrueAsync(async () => await LossesAsync(first) > 0);

        var next = await WeightsAsync(person, dataset, epochs: 1);
        await TrainingWorld.StartAsync(person, next);
        await Until.TrueAsync(async () => (await WorkAsync(next)).WaitsFor is not null);
        // A node has two places.
        var clerk = await person.NewMinionAsync("clerk", vendor);
        var other = await TrainingWorld.NewJobAsync(person, clerk.Id, [], TrainingWorld.Friendly(repeats: 1));
        await TrainingWorld.StartAsync(person, other);

        Assert.Equal("COMPLETED", (await TrainingWorld.EndAsync(person, other))["status"]!.GetValue<string>());
        var waiting = await TrainingWorld.JobAsync(person, next);
        Assert.Equal(("QUEUED", 3), (waiting["status"]!.GetValue<string>(), waiting["current_step"]!.GetValue<int>()));
        Assert.True(waiting["progress"]!.GetValue<double>() > 0);
        Assert.Equal(JobStatus.Running, (await WorkAsync(first)).Status);

        await TrainingWorld.StopAsync(person, first);
        await Until.TrueAsync(async () => await LossesAsync(next) > 0);
        Assert.Equal(2, (await WorkAsync(next)).Epoch);
        var trains = await TrainingWorld.JobAsync(person, next);
        Assert.Equal(1, trains["steps"]![3]!["attempts"]!.GetValue<int>());
        await StopAsync(person, next);
    }

    [Fact]
    public async Task Weights_whose_losses_were_not_written_down_cost_the_next_start_no_step_and_no_loss()
    {
        var (person, dataset) = await PersonAsync();
        var job = await WeightsAsync(person, dataset, epochs: 3);
        // What says that all is written cannot be written.
        var told = Directory.CreateDirectory(Path.Combine(world.DataFolder, "training", job.ToString(), "lora-1", "adapter.gguf.told"));
        await TrainingWorld.StartAsync(person, job);
        var failed = await TrainingWorld.EndAsync(person, job);
        Assert.Equal("FAILED", failed["status"]!.GetValue<string>());
        Assert.Equal(3, failed["current_step"]!.GetValue<int>());
        var losses = await LossesAsync(job);
        await world.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"delete from training_events where training_job_id = {job} and kind = 'loss' and (data->>'step')::int > 5",
                Ct
            )
        );

        told.Delete();
        await TrainingWorld.StartAsync(person, job);
        await Until.TrueAsync(async () => (await TrainingWorld.JobAsync(person, job))["current_step"]!.GetValue<int>() > 3);

        Assert.Equal(losses, await LossesAsync(job));
        Assert.Equal(2, (await WorkAsync(job)).Epoch);
        var train = (await person.Api.GetAsync(TrainingWorld.PathOf(person, $"/{job}/losses")))["train"]!.AsArray();
        Assert.Contains(
            await LogAsync(job),
            line => line.Contains($"Goes on after step {train.Count} of {train.Count}.", StringComparison.Ordinal)
        );
        await StopAsync(person, job);
    }

    [Fact]
    public async Task Weights_that_an_earlier_start_finished_tell_of_how_many_steps_they_are()
    {
        var (person, dataset) = await PersonAsync();
        var job = await WeightsAsync(person, dataset, epochs: 3);
        // They cannot be kept.
        var obstacle = Directory.CreateDirectory(
            Path.Combine(world.DataFolder, "adapters", $"{AdapterTrainer.NameOf(job)}.gguf{AtomicFile.Unfinished}")
        );
        await TrainingWorld.StartAsync(person, job);
        var failed = await TrainingWorld.EndAsync(person, job);
        Assert.Equal("FAILED", failed["status"]!.GetValue<string>());
        var losses = await LossesAsync(job);

        obstacle.Delete();
        await TrainingWorld.StartAsync(person, job);
        await Until.TrueAsync(async () => (await TrainingWorld.JobAsync(person, job))["current_step"]!.GetValue<int>() > 3);

        Assert.Equal(losses, await LossesAsync(job));
        var steps = (await person.Api.GetAsync(TrainingWorld.PathOf(person, $"/{job}/losses")))["train"]!.AsArray().Count;
        var weights = (await TrainingWorld.JobAsync(person, job))["steps"]![3]!["output"]!["weights"]!;
        Assert.Equal((steps, steps), (weights["steps_done"]!.GetValue<int>(), weights["steps_planned"]!.GetValue<int>()));
        await StopAsync(person, job);
    }

    [Fact]
    public async Task A_run_at_work_whose_hours_end_goes_on_from_its_checkpoint_the_next_time()
    {
        var (person, dataset) = await PersonAsync();
        var run = await WeightsAsync(person, dataset, epochs: 40);
        await TrainingWorld.StartAsync(person, run);
        var job = await TrainingWorld.JobAsync(person, run);
        var work = await WorkAsync(run);
        var now = TimeProvider.System.GetUtcNow();
        var schedule = new TrainingSchedule
        {
            OwnerId = person.Id,
            MinionId = job["minion_id"]!.GetValue<Guid>(),
            Name = "Weekly",
            DatasetIds = [dataset],
            Config = new ScheduleConfig(),
            Day = now.DayOfWeek,
            At = TimeOnly.FromDateTime(now.UtcDateTime.AddHours(6)),
            Until = TimeOnly.FromDateTime(now.UtcDateTime.AddHours(9)),
            LastRun = run,
            WorkId = work.Id,
            WorkEndsAt = now,
            CreatedAt = now,
            UpdatedAt = now,
        };
        schedule.Plan(now);
        await Until.TrueAsync(async () => await LossesAsync(run) > 2);

        await world.QueryAsync(db =>
        {
            db.TrainingSchedules.Add(schedule);
            return db.SaveChangesAsync(Ct);
        });
        await world.Services.GetRequiredService<ScheduleHours>().EndAsync(schedule.Id, Ct);
        var paused = await TrainingWorld.EndAsync(person, run);
        Assert.Equal("PAUSED", paused["status"]!.GetValue<string>());
        Assert.Contains("when its hours ended. It continues on", paused["error_message"]!.GetValue<string>(), StringComparison.Ordinal);
        await world.QueryAsync(db =>
            db.TrainingSchedules.Where(s => s.Id == schedule.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.NextAt, now), Ct)
        );
        await using (var scope = world.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ScheduledRun>().KeepAsync(schedule.Id, Ct);
        }

        await Until.TrueAsync(async () => (await WorkAsync(run)).Id == schedule.NextRun);

        await Until.TrueAsync(async () =>
            (await LogAsync(run)).Exists(line => line.Contains("Goes on after step", StringComparison.Ordinal))
        );
        var losses = await LossesAsync(run);
        await Until.TrueAsync(async () => await LossesAsync(run) > losses);
        Assert.True((await WorkAsync(run)).Epoch > 1);
        await StopAsync(person, run);
        Assert.Equal(1, await world.QueryAsync(db => db.TrainingJobs.CountAsync(j => j.OwnerId == person.Id, Ct)));
    }

    /// <summary>What is to be shown is shown, and the rest of the run shows nothing more.</summary>
    private static async Task StopAsync(Inhabitant person, Guid job)
    {
        await TrainingWorld.StopAsync(person, job);
        Assert.Equal("STOPPED", (await TrainingWorld.EndAsync(person, job))["status"]!.GetValue<string>());
    }

    private Task<List<string>> LogAsync(Guid job) =>
        world.QueryAsync(db => db.TrainingEvents.Where(e => e.TrainingJobId == job && e.Kind == "log").Select(e => e.Data).ToListAsync(Ct));

    private Task<int> LossesAsync(Guid job) =>
        world.QueryAsync(db => db.TrainingEvents.CountAsync(e => e.TrainingJobId == job && e.Kind == "loss", Ct));

    private Task<Job> WorkAsync(Guid job) =>
        world.QueryAsync(db => db.Jobs.AsNoTracking().SingleAsync(w => db.TrainingJobs.Any(j => j.Id == job && j.WorkId == w.Id), Ct));

    private async Task<(Inhabitant Person, Guid Dataset)> PersonAsync()
    {
        var person = await world.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);
        return (person, await TrainingWorld.NewDatasetAsync(person, 20));
    }

    private static async Task<Guid> WeightsAsync(Inhabitant person, Guid dataset, int epochs)
    {
        var minion = await person.NewMinionAsync($"m{Guid.CreateVersion7():N}"[..20]);
        var config = new JsonObject
        {
            ["lora"] = new JsonObject
            {
                ["rank"] = 4,
                ["epochs"] = epochs,
                ["replay"] = 0,
                ["early_stopping_patience"] = 0,
            },
            ["model"] = new JsonObject { ["temperature"] = 0, ["maxTokens"] = 16 },
            ["repeats"] = 1,
        };
        return await TrainingWorld.NewJobAsync(person, minion.Id, [dataset], config);
    }
}
