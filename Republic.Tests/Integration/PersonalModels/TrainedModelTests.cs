using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Jobs;
using Republic.Core.Training;
using Republic.Core.Training.Runs;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>Minions on a personal model are trained as those on the built-in one are, and on nobody else's model.</summary>
public sealed class TrainedModelTests(TrainingWorld world) : IClassFixture<TrainingWorld>
{
    private static readonly byte[] Twin = OwnModels.SproutOf(GgufMutations.Sprout.Length + 320);

    [Fact]
    public async Task A_run_trains_weights_on_the_model_and_the_minion_answers_with_them_also_when_it_is_renamed()
    {
        await using var source = new FileSource(Twin);
        var person = await world.NewPersonAsync("Trainer");
        var model = await OwnModels.DownloadAsync(person, new { url = source.Url, custom_name = "twin" });
        await OwnModels.UntilAsync(person, model, "ready");
        var minion = (await person.NewMinionAsync("bosun", more: On("twin"))).Id;
        var dataset = await TrainingWorld.NewDatasetAsync(person, 6);
        var job = await TrainingWorld.NewJobAsync(person, minion, [dataset], KnowledgeRuns.Quick());
        Assert.Equal("twin", (await TrainingWorld.JobAsync(person, job))["config"]!["base_model"]!.GetValue<string>());

        await TrainingWorld.StartAsync(person, job);
        var end = await TrainingWorld.EndAsync(person, job);

        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        var adapter = end["report"]!["adapter"]!;
        Assert.Equal(
            ("twin", OwnModels.Digest(Twin)),
            (adapter["base_model"]!.GetValue<string>(), adapter["base_sha256"]!.GetValue<string>())
        );
        await AssertTrainedAsync(person, minion);

        await person.Api.PutAsync(OwnModels.PathOf(model), new { custom_name = "renamed" });
        await AssertTrainedAsync(person, minion);
        using (var exported = await person.Api.SendAsync(HttpMethod.Get, TrainingWorld.PathOf(person, $"/{job}/base")))
        {
            Assert.Equal(HttpStatusCode.OK, exported.StatusCode);
            var bytes = await exported.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.Equal(OwnModels.Digest(Twin), OwnModels.Digest(bytes));
            Assert.Contains("renamed", exported.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        }

        await person.Api.PostAsync($"/api/minions/{minion}/versions/0/promote");
        await person.Api.PostAsync($"/api/minions/{minion}/versions/1/promote");
        await AssertTrainedAsync(person, minion);
    }

    [Fact]
    public async Task A_run_takes_the_models_of_its_person_and_refuses_those_of_another_with_what_there_is()
    {
        var (person, other) = (await world.NewPersonAsync("Owner"), await world.NewPersonAsync("Borrower"));
        await OwnModels.InstallAsync(person, "mine", Twin);
        await using var vendor = new FakeVendor();
        var own = await OrderAsync(person, await person.NewMinionAsync("local", more: On("mine")));
        var style = await OrderAsync(person, await person.NewMinionAsync("styled", vendor), "mine");
        foreach (var (order, method) in new[] { (own, "lora"), (style, "style") })
        {
            var job = (await person.Api.PostAsync(TrainingWorld.PathOf(person), order))["job"]!;
            Assert.Equal(("mine", method), (job["config"]!["base_model"]!.GetValue<string>(), job["method"]!.GetValue<string>()));
        }

        var theirs = await OrderAsync(other, await other.NewMinionAsync("local", more: On("mine")));
        var refused = await other.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(other), theirs);
        Assert.Equal("There is no model mine here. There: sprout.", refused["detail"]!.GetValue<string>());
        var styled = await OrderAsync(other, await other.NewMinionAsync("styled", vendor), "mine");
        var problem = await other.Api.ProblemAsync(400, HttpMethod.Post, TrainingWorld.PathOf(other), styled);
        Assert.Equal(
            "There is no model mine here. A style adapter can be trained on sprout.",
            problem["errors"]!["config.base_model"]![0]!.GetValue<string>()
        );
        var byDigest = await OrderAsync(other, await other.NewMinionAsync("digest", more: On(OwnModels.Digest(Twin))));
        await other.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(other), byDigest);
    }

    [Fact]
    public async Task A_model_that_is_not_installed_yet_is_no_base()
    {
        await using var source = new FileSource(Twin);
        source.Next(call => call.GiveAsync(), call => call.StallAsync(1_000_000));
        var person = await world.NewPersonAsync("Early");
        var id = await OwnModels.DownloadAsync(person, new { url = source.Url, custom_name = "coming" });
        await OwnModels.CameAsync(person, id, 1_000_000);
        var order = await OrderAsync(person, await person.NewMinionAsync("hasty", more: On("coming")));

        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(person), order);

        Assert.Equal("There is no model coming here. There: sprout.", refused["detail"]!.GetValue<string>());
        await person.Api.DeleteAsync(OwnModels.PathOf(id));
    }

    [Fact]
    public async Task No_smaller_copy_is_made_of_a_model_that_belongs_to_somebody()
    {
        var person = await world.NewPersonAsync("Short-of-memory");
        await OwnModels.InstallAsync(person, "large", Twin);
        var order = await OrderAsync(person, await person.NewMinionAsync("large", more: On("large")));
        var job = (await person.Api.PostAsync(TrainingWorld.PathOf(person), order))["job"]!["id"]!.GetValue<Guid>();
        await FailForMemoryAsync(person, job);

        var refused = await person.Api.ProblemAsync(
            409,
            HttpMethod.Post,
            TrainingWorld.PathOf(person, $"/{job}/smaller-base"),
            new { type = "Q8_0" }
        );

        Assert.Equal(
            "large is a personal model: install it with fewer bits a weight, and make the run on that.",
            refused["detail"]!.GetValue<string>()
        );
    }

    /// <summary>As if its training had found too little memory.</summary>
    private Task<int> FailForMemoryAsync(Inhabitant person, Guid job) =>
        world.QueryAsync(async db =>
        {
            var run = await db.TrainingJobs.SingleAsync(run => run.Id == job);
            var work = new Job
            {
                OwnerId = person.Id,
                Kind = TrainingWork.KindOfJob,
                Subject = job,
                Status = JobStatus.Failed,
                Error = "There is not enough memory to train.",
                CreatedAt = run.CreatedAt,
            };
            db.Jobs.Add(work);
            run.WorkId = work.Id;
            var before = db.TrainingSteps.Where(step => step.TrainingJobId == job && step.Index < (int)StepName.EnhanceModel);
            await before.ForEachAsync(step => step.Status = StepStatus.Completed);
            return await db.SaveChangesAsync();
        });

    private static JsonObject On(string model) => new() { ["model_id"] = model };

    private static async Task<JsonObject> OrderAsync(Inhabitant person, TestMinion minion, string? baseModel = null) =>
        new()
        {
            ["job_name"] = "A run",
            ["minion_id"] = minion.Id,
            ["training_type"] = "lora_only",
            ["dataset_ids"] = new JsonArray(JsonValue.Create(await TrainingWorld.NewDatasetAsync(person, 6))),
            ["config"] = baseModel is null ? null : new JsonObject { ["base_model"] = baseModel },
        };

    private static async Task AssertTrainedAsync(Inhabitant person, Guid minion)
    {
        var now = (await person.Api.GetAsync($"/api/minions/{minion}"))["minion"]!;
        Assert.Equal((1, true), (now["version"]!.GetValue<int>(), now["lora_enabled"]!.GetValue<bool>()));
        var version = (await person.Api.GetAsync($"/api/minions/{minion}/versions"))["versions"]!.AsArray();
        Assert.Single(version, one => one!["is_live"]!.GetValue<bool>() && one["version"]!.GetValue<int>() == 1);
        var answer = await (await Chat.BeginAsync(person, minion)).AskAsync("What do you think of the moon?");
        Assert.True(Chat.State(answer) == "complete", answer.ToJsonString());
        Assert.NotEmpty(Chat.Content(answer));
    }
}
