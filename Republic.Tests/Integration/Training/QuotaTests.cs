using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Core.Training;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

public sealed class QuotaTests(LimitedTrainingWorld world) : IClassFixture<LimitedTrainingWorld>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_has_used_up_the_day_pauses_between_two_steps_and_goes_on_later()
    {
        await using var vendor = new FakeVendor();
        var minion = await world.Jonas.NewMinionAsync("worker", vendor);
        var earlier = await NewJobAsync(world.Jonas, minion.Id);
        await TrainingWorld.StartAsync(world.Jonas, earlier);
        await TrainingWorld.EndAsync(world.Jonas, earlier);
        await SpendAsync(earlier, seconds: 61);

        var job = await NewJobAsync(world.Jonas, minion.Id);
        await TrainingWorld.StartAsync(world.Jonas, job);
        var paused = await TrainingWorld.EndAsync(world.Jonas, job);
        Assert.Equal("PAUSED", paused["status"]!.GetValue<string>());
        Assert.Contains("MinutesPerDay", paused["error_message"]!.GetValue<string>());

        await SpendAsync(earlier, seconds: 1);
        await TrainingWorld.StartAsync(world.Jonas, job);
        Assert.Equal("COMPLETED", (await TrainingWorld.EndAsync(world.Jonas, job))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_a_start_worked_that_was_stopped_in_the_middle_of_a_step_counts()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Stopper");
        var job = await NewJobAsync(person, (await person.NewMinionAsync("stopped", vendor)).Id);
        var now = TimeProvider.System.GetUtcNow();
        await AddStartAsync(person, job, from: now.AddDays(-2), to: now.AddDays(-1).AddMinutes(-1));
        await AddStartAsync(person, job, from: now.AddDays(-1).AddMinutes(-9), to: now.AddDays(-1).AddSeconds(5));
        await TrainingWorld.StartAsync(person, job);
        Assert.Equal("COMPLETED", (await TrainingWorld.EndAsync(person, job))["status"]!.GetValue<string>());

        var next = await NewJobAsync(person, (await person.NewMinionAsync("next", vendor)).Id);
        await AddStartAsync(person, next, from: now.AddMinutes(-3), to: now.AddMinutes(-1));
        await TrainingWorld.StartAsync(person, next);

        var paused = await TrainingWorld.EndAsync(person, next);
        Assert.Equal("PAUSED", paused["status"]!.GetValue<string>());
        Assert.Contains("MinutesPerDay", paused["error_message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Runs_that_fill_the_disk_leave_no_room_for_another_until_one_is_deleted()
    {
        await using var vendor = new FakeVendor();
        var minion = await world.Ada.NewMinionAsync("hoarder", vendor);
        var job = await NewJobAsync(world.Ada, minion.Id);
        var folder = Directory.CreateDirectory(Path.Combine(world.DataFolder, "training", job.ToString())).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "large"), new byte[200_000], Ct);
        await world.Services.GetRequiredService<TrainingSweep>().SweepAsync(Ct);

        var problem = await world.Ada.Api.ProblemAsync(507, HttpMethod.Post, TrainingWorld.PathOf(world.Ada), Body(minion.Id));
        Assert.Contains("Delete runs", problem["detail"]!.GetValue<string>());

        await world.Ada.Api.DeleteAsync(TrainingWorld.PathOf(world.Ada, $"/{job}"));
        await NewJobAsync(world.Ada, minion.Id);
    }

    [Fact]
    public async Task Weights_that_a_version_names_count_though_their_run_is_deleted()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Keeper");
        var minion = await person.NewMinionAsync("keeper", vendor);
        var job = await NewJobAsync(person, minion.Id);
        var adapters = Directory.CreateDirectory(Path.Combine(world.DataFolder, "adapters")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(adapters, $"{job:N}.gguf"), new byte[200_000], Ct);
        await world.QueryAsync(db =>
        {
            db.MinionVersions.Add(
                new MinionVersion
                {
                    MinionId = minion.Id,
                    Number = 1,
                    TrainingJobId = job,
                    Provider = "custom",
                    ModelId = "vendor-model",
                    StyleAdapter = job.ToString("N"),
                    CreatedAt = DateTimeOffset.UnixEpoch,
                }
            );
            return db.SaveChangesAsync();
        });
        await person.Api.DeleteAsync(TrainingWorld.PathOf(person, $"/{job}"));

        var problem = await person.Api.ProblemAsync(507, HttpMethod.Post, TrainingWorld.PathOf(person), Body(minion.Id));

        Assert.Contains("weights that a version names stay", problem["detail"]!.GetValue<string>());
        var other = await world.NewPersonAsync("Neighbour");
        await NewJobAsync(other, (await other.NewMinionAsync("neighbour", vendor)).Id);
    }

    [Fact]
    public async Task A_run_is_weighed_when_a_start_of_it_ends()
    {
        await using var vendor = new FakeVendor();
        var person = await world.NewPersonAsync("Weigher");
        var minion = await person.NewMinionAsync("weighed", vendor);
        var job = await NewJobAsync(person, minion.Id, await TrainingWorld.NewDatasetAsync(person, 12));
        await TrainingWorld.StartAsync(person, job);
        await TrainingWorld.EndAsync(person, job);

        await using var db = await world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct);
        var weighed = await db.TrainingJobs.Where(row => row.Id == job).Select(row => row.Bytes).SingleAsync(Ct);
        Assert.NotEqual(0, weighed);
        Assert.Equal(world.Services.GetRequiredService<TrainingFiles>().SizeOf(job), weighed);
    }

    [Fact]
    public async Task Only_the_providers_that_the_installation_names_are_trained()
    {
        var minion = await world.Ada.NewMinionAsync(
            "outsider",
            more: new JsonObject
            {
                ["provider"] = "openai",
                ["model_id"] = "gpt-4.1",
                ["api_key"] = "sk-0123456789abcdef",
            }
        );

        var problem = await world.Ada.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(world.Ada), Body(minion.Id));

        Assert.Contains("DEFAULT_PROVIDERS", problem["detail"]!.GetValue<string>());
    }

    private static JsonObject Body(Guid minion, params Guid[] datasets) =>
        new()
        {
            ["job_name"] = "A run",
            ["minion_id"] = minion,
            ["training_type"] = "lora_only",
            ["dataset_ids"] = new JsonArray([.. datasets.Select(id => JsonValue.Create(id))]),
            ["config"] = new JsonObject
            {
                ["loraConfig"] = new JsonObject { ["selectedTraits"] = new JsonArray("friendly") },
                ["repeats"] = 1,
            },
        };

    private static async Task<Guid> NewJobAsync(Inhabitant person, Guid minion, params Guid[] datasets) =>
        (await person.Api.PostAsync(TrainingWorld.PathOf(person), Body(minion, datasets)))["job"]!["id"]!.GetValue<Guid>();

    private Task<int> AddStartAsync(Inhabitant person, Guid job, DateTimeOffset from, DateTimeOffset to) =>
        world.QueryAsync(db =>
        {
            db.Jobs.Add(
                new Job
                {
                    OwnerId = person.Id,
                    Kind = TrainingWork.KindOfJob,
                    Subject = job,
                    Status = JobStatus.Cancelled,
                    CreatedAt = from,
                    StartedAt = from,
                    HeartbeatAt = to,
                    FinishedAt = to,
                }
            );
            return db.SaveChangesAsync(Ct);
        });

    private async Task SpendAsync(Guid job, double seconds)
    {
        await using var db = await world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct);
        await db
            .TrainingSteps.Where(step => step.TrainingJobId == job && step.Index == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(step => step.Seconds, seconds), Ct);
    }
}
