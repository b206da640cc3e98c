using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Memories;
using Republic.Core.PersonalModels;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>Minions name a model by its name: what does with another one, and what has to keep it.</summary>
public sealed class ModelRenameTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly EmbeddingModel Embedding = new("local", "encoder");

    [Fact]
    public async Task Stored_vectors_keep_the_name()
    {
        var (ada, model) = await PlantAsync("Librarian", "encoder");
        var collection = new Collection
        {
            OwnerId = ada.Id,
            Name = "Letters",
            Embedding = Embedding,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        await AddAsync(collection);

        Assert.Contains("“Letters”", await RefusedAsync(ada, model), StringComparison.Ordinal);

        await republic.QueryAsync(db => db.Collections.Where(c => c.Id == collection.Id).ExecuteDeleteAsync());
        await AddAsync(new MemorySettings { PersonId = ada.Id, Embedding = Embedding });
        Assert.Contains("your memories", await RefusedAsync(ada, model), StringComparison.Ordinal);

        await republic.QueryAsync(db => db.MemorySettings.Where(s => s.PersonId == ada.Id).ExecuteDeleteAsync());
        await ada.Api.PutAsync($"/api/personal-models/{model}", new { custom_name = "other" });
    }

    [Theory]
    [InlineData("local", "grower", null)]
    [InlineData("openai", "gpt", "grower")]
    public async Task A_run_that_is_not_over_keeps_the_name_and_one_that_is_gets_the_new_one(string provider, string name, string? of)
    {
        var (ada, model) = await PlantAsync($"Gardener-{provider}", "grower");
        var (run, work) = await RunAsync(ada, provider, name, of);

        Assert.Contains("“Spring”", await RefusedAsync(ada, model), StringComparison.Ordinal);

        await republic.QueryAsync(db =>
            db.Jobs.Where(j => j.Id == work.Id).ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Completed))
        );
        await ada.Api.PutAsync($"/api/personal-models/{model}", new { custom_name = "other" });
        var now = await republic.QueryAsync(db => db.TrainingJobs.AsNoTracking().SingleAsync(t => t.Id == run.Id));
        Assert.Equal(of is null ? "other" : name, now.ModelName);
        // It has no report yet, and may be started again.
        Assert.Equal(of is null ? null : "other", now.Config.BaseModel);
    }

    [Fact]
    public async Task A_run_that_is_started_meanwhile_keeps_the_model_and_its_name()
    {
        var (ada, model) = await PlantAsync("Starter", "seed");
        var (_, work) = await RunAsync(ada, "local", "seed", of: null, JobStatus.Completed);
        Task<JsonNode> deletion;
        Task<string> renaming;
        await using (
            var turn = await HeldTurn.TakeAsync(republic, db => AdvisoryLocks.TakeAsync(db, ada.Id, AdvisoryLocks.TrainingControl, Ct))
        )
        {
            deletion = ada.Api.ProblemAsync(409, HttpMethod.Delete, $"/api/personal-models/{model}");
            renaming = RefusedAsync(ada, model);
            await turn.WaitedForAsync(2, "pg_advisory_xact_lock");
            await turn.Db.Jobs.Where(j => j.Id == work.Id).ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Queued), Ct);
        }

        Assert.Contains("“Spring”", await renaming, StringComparison.Ordinal);
        Assert.Contains("“Spring”", (await deletion)["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_goes_on_with_the_new_name()
    {
        var (ada, model) = await PlantAsync("Planner", "weekly");
        var minion = await ada.NewMinionAsync("regular");
        var (uses, other) = (Weekly(minion.Id, "weekly"), Weekly(minion.Id, "sprout"));
        await AddAsync(uses);
        await AddAsync(other);

        await ada.Api.PutAsync($"/api/personal-models/{model}", new { custom_name = "other" });

        var now = await republic.QueryAsync(db => db.TrainingSchedules.AsNoTracking().Where(s => s.OwnerId == ada.Id).ToListAsync());
        Assert.Equal("other", now.Single(s => s.Id == uses.Id).Config.BaseModel);
        Assert.Equal("sprout", now.Single(s => s.Id == other.Id).Config.BaseModel);

        TrainingSchedule Weekly(Guid pupil, string on) =>
            new()
            {
                OwnerId = ada.Id,
                MinionId = pupil,
                Name = "Weekly",
                DatasetIds = [],
                Config = new ScheduleConfig { BaseModel = on },
                IsPaused = true,
                CreatedAt = Now,
                UpdatedAt = Now,
            };
    }

    private async Task<(TrainingJob Run, Job Work)> RunAsync(
        Inhabitant ada,
        string provider,
        string name,
        string? of,
        JobStatus status = JobStatus.Paused
    )
    {
        var minion = await ada.NewMinionAsync("plant");
        var work = new Job
        {
            OwnerId = ada.Id,
            Kind = TrainingWork.KindOfJob,
            Subject = Guid.CreateVersion7(),
            Status = status,
            CreatedAt = Now,
        };
        var run = new TrainingJob
        {
            OwnerId = ada.Id,
            MinionId = minion.Id,
            Name = "Spring",
            Type = TrainingType.LoraOnly,
            Method = TrainingMethod.Lora,
            Provider = provider,
            ModelName = name,
            Config = new TrainingConfig { BaseModel = of },
            DatasetIds = [],
            WorkId = work.Id,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        await AddAsync(work);
        await AddAsync(run);
        return (run, work);
    }

    private static async Task<string> RefusedAsync(Inhabitant person, Guid model)
    {
        var problem = await person.Api.ProblemAsync(409, HttpMethod.Put, $"/api/personal-models/{model}", new { custom_name = "other" });
        return problem["detail"]!.GetValue<string>();
    }

    private async Task<(Inhabitant Person, Guid Model)> PlantAsync(string person, string name)
    {
        var owner = await republic.NewPersonAsync(person);
        var model = new PersonalModel
        {
            Id = Guid.CreateVersion7(),
            OwnerId = owner.Id,
            ModelId = name,
            Name = name,
            Origin = ModelOrigin.Upload,
            State = ModelState.Failed,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        await AddAsync(model);
        return (owner, model.Id);
    }

    private Task<int> AddAsync<T>(T row)
        where T : class =>
        republic.QueryAsync(db =>
        {
            db.Set<T>().Add(row);
            return db.SaveChangesAsync();
        });
}
