using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Jobs;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Memories;
using Republic.Core.Minions;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>What depends on a model, and what keeps it from being deleted.</summary>
public sealed class ModelDependentsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Name = "base";
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly EmbeddingModel Embedding = new("local", Name);

    [Fact]
    public async Task All_that_depends_on_a_model_is_named_and_nothing_of_another_person()
    {
        var (person, other) = (await republic.NewPersonAsync("Owner"), await republic.NewPersonAsync("Namesake"));
        var (model, theirs) = (
            await PlantedModels.PlantAsync(republic, person, Name),
            await PlantedModels.PlantAsync(republic, other, Name)
        );
        var nothing = await DependentsAsync(person, model);
        Assert.All(nothing.AsObject(), field => Assert.True(field.Value is JsonArray { Count: 0 } || !field.Value!.GetValue<bool>()));

        var copy = await PlantedModels.PlantAsync(republic, person, "copy", model);
        var minion = await MinionAsync(person, "user", Name);
        var fallback = new JsonArray(new JsonObject { ["provider"] = "local", ["model_id"] = Name });
        await person.NewMinionAsync("careful", more: new JsonObject { ["fallbacks"] = fallback });
        await AddAsync(
            new MinionVersion
            {
                MinionId = minion,
                Number = 1,
                Provider = "local",
                ModelId = Name,
                Adapter = "weights",
                CreatedAt = Now,
            }
        );
        await RunAsync(person, minion, JobStatus.Completed);
        await AddAsync(
            new Collection
            {
                OwnerId = person.Id,
                Name = "Letters",
                Embedding = Embedding,
                CreatedAt = Now,
                UpdatedAt = Now,
            }
        );
        await AddAsync(new MemorySettings { PersonId = person.Id, Embedding = Embedding });
        var scenario = await WrittenScenario.MakeAsync(person);
        await scenario.ChangeRoleAsync("reviewer", new { model = $"local/{Name}" });
        await (await WrittenScenario.MakeAsync(person)).ChangeRoleAsync("reviewer", new { model = $"openai/{Name}" });

        var dependents = await DependentsAsync(person, model);

        Assert.Equal(["User"], Names(dependents, "minions"));
        Assert.Equal(["Careful"], Names(dependents, "fallbacks"));
        Assert.Equal(["Letters"], Names(dependents, "collections"));
        Assert.Equal(scenario.Id, Assert.Single(dependents["scenarios"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Equal(["copy"], Names(dependents, "copies"));
        Assert.Equal(copy, dependents["copies"]![0]!["id"]!.GetValue<Guid>());
        Assert.True(dependents["memories"]!.GetValue<bool>());
        var run = Assert.Single(dependents["runs"]!.AsArray())!;
        Assert.Equal(("Spring", false), (run["name"]!.GetValue<string>(), run["is_active"]!.GetValue<bool>()));
        var adapter = Assert.Single(dependents["adapters"]!.AsArray())!;
        Assert.Equal(("User", 1), (adapter["minion"]!.GetValue<string>(), adapter["version"]!.GetValue<int>()));
        await other.Api.ProblemAsync(404, HttpMethod.Get, OwnModels.PathOf(model, "dependents"));
        Assert.Empty((await DependentsAsync(other, theirs))["minions"]!.AsArray());
    }

    [Theory]
    [InlineData(JobStatus.Running)]
    [InlineData(JobStatus.Paused)]
    public async Task A_model_that_a_run_works_with_is_deleted_when_the_run_is_over(JobStatus status)
    {
        var person = await republic.NewPersonAsync($"Gardener-{status}");
        var model = await PlantedModels.PlantAsync(republic, person, Name);
        var copy = await PlantedModels.PlantAsync(republic, person, "copy", model);
        var work = await RunAsync(person, await MinionAsync(person, "plant", Name), status);
        Assert.True((await DependentsAsync(person, model))["runs"]![0]!["is_active"]!.GetValue<bool>());

        var refused = await person.Api.ProblemAsync(409, HttpMethod.Delete, OwnModels.PathOf(model));
        Assert.Contains("“Spring”", refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        await republic.QueryAsync(db =>
            db.Jobs.Where(j => j.Id == work).ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Cancelled))
        );
        await person.Api.DeleteAsync(OwnModels.PathOf(model));
        await person.Api.ProblemAsync(404, HttpMethod.Get, OwnModels.PathOf(model));
        Assert.Null((await OwnModels.ModelAsync(person, copy))["quantized_from"]);
    }

    private static async Task<Guid> MinionAsync(Inhabitant person, string name, string model) =>
        (await person.NewMinionAsync(name, more: new JsonObject { ["model_id"] = model })).Id;

    /// <returns>The job that does the run.</returns>
    private async Task<Guid> RunAsync(Inhabitant person, Guid minion, JobStatus status)
    {
        // As if another node were at work on it for the whole test.
        var work = new Job
        {
            OwnerId = person.Id,
            Kind = "planted",
            Subject = Guid.CreateVersion7(),
            Status = status,
            HeartbeatAt = status == JobStatus.Running ? Now.AddYears(100) : null,
            CreatedAt = Now,
        };
        await AddAsync(work);
        await AddAsync(
            new TrainingJob
            {
                OwnerId = person.Id,
                MinionId = minion,
                Name = "Spring",
                Type = TrainingType.LoraOnly,
                Method = TrainingMethod.Lora,
                Provider = "local",
                ModelName = Name,
                Config = new TrainingConfig(),
                DatasetIds = [],
                WorkId = work.Id,
                CreatedAt = Now,
                UpdatedAt = Now,
            }
        );
        return work.Id;
    }

    private static IEnumerable<string> Names(JsonNode dependents, string of) =>
        dependents[of]!.AsArray().Select(item => item!["name"]!.GetValue<string>());

    private static Task<JsonNode> DependentsAsync(Inhabitant person, Guid model) =>
        person.Api.GetAsync(OwnModels.PathOf(model, "dependents"));

    private Task<int> AddAsync<T>(T row)
        where T : class =>
        republic.QueryAsync(db =>
        {
            db.Set<T>().Add(row);
            return db.SaveChangesAsync();
        });
}
