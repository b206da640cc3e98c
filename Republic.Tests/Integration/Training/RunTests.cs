using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Runs of minions at a provider, where traits are what changes: quick, so that many can be made.</summary>
public sealed class RunTests(SharedRepublic world) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private Inhabitant person = null!;

    public async ValueTask InitializeAsync() => person = await world.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static JsonObject Persona(string promote = "gate") =>
        new()
        {
            ["loraConfig"] = new JsonObject
            {
                ["selectedTraits"] = new JsonArray("friendly"),
                ["traitIntensities"] = new JsonObject { ["friendly"] = 6 },
            },
            ["repeats"] = 2,
            ["promote"] = promote,
        };

    [Fact]
    public async Task Traits_become_the_system_prompt_of_a_draft_and_the_minion_keeps_its_own_until_it_is_promoted()
    {
        await using var vendor = new FakeVendor();
        var minion = await person.NewMinionAsync("clerk", vendor);
        var job = await TrainingWorld.NewJobAsync(person, minion.Id, [], Persona("never"));
        await TrainingWorld.StartAsync(person, job);
        var end = await TrainingWorld.EndAsync(person, job);

        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        Assert.Equal("persona", end["method"]!.GetValue<string>());
        var prompts = vendor.Requests.Select(request => request.Body!["messages"]![0]!["content"]!.GetValue<string>()).ToList();
        Assert.All(prompts[..8], prompt => Assert.DoesNotContain("Friendly", prompt));
        Assert.All(prompts[8..], prompt => Assert.Contains("Friendly", prompt));
        var now = (await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!;
        Assert.Equal((0, null), (now["version"]!.GetValue<int>(), now["enhanced_system_prompt"]?.GetValue<string>()));
        var output = end["steps"]![2]!["output"]!;
        Assert.Contains("Friendly", output["enhanced_system_prompt"]!.GetValue<string>());
        Assert.Equal(0, output["compatibility_score"]!.GetValue<double>());
        Assert.Empty((await person.Api.GetAsync(TrainingWorld.PathOf(person, $"/{job}/losses")))["train"]!.AsArray());
    }

    [Fact]
    public async Task An_answer_with_a_sign_that_no_database_takes_is_kept_without_it()
    {
        await using var vendor = new FakeVendor();
        vendor.AnswersTo(_ => "Hel\0lo");
        var minion = await person.NewMinionAsync("mumbler", vendor);
        var job = await TrainingWorld.NewJobAsync(person, minion.Id, [], Persona());
        await TrainingWorld.StartAsync(person, job);
        var end = await TrainingWorld.EndAsync(person, job);

        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        Assert.Equal("Hello", end["steps"]![0]!["output"]!["asked"]![0]!["response"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_provider_that_refuses_fails_the_run_and_a_new_start_asks_only_what_is_missing()
    {
        await using var vendor = new FakeVendor();
        var minion = await person.NewMinionAsync("porter", vendor);
        var job = await TrainingWorld.NewJobAsync(person, minion.Id, [], Persona());
        vendor.Refuses(HttpStatusCode.Unauthorized, "The key is no good");
        await TrainingWorld.StartAsync(person, job);
        var failed = await TrainingWorld.EndAsync(person, job);
        Assert.Equal("FAILED", failed["status"]!.GetValue<string>());
        Assert.Contains("The key is no good", failed["error_message"]!.GetValue<string>());
        Assert.Equal("failed", failed["steps"]![0]!["status"]!.GetValue<string>());

        vendor.Answers("Hello there, glad to help you.");
        var before = vendor.Requests.Count;
        await TrainingWorld.StartAsync(person, job);
        var end = await TrainingWorld.EndAsync(person, job);

        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        Assert.Equal(2, end["steps"]![0]!["attempts"]!.GetValue<int>());
        // 4 questions twice, before and after; 3 of the traits, 4 tests and 4 edge cases.
        Assert.Equal(8 + 3 + 8 + 8, vendor.Requests.Count - before);
        Assert.Equal("not_graded", end["report"]!["verdict"]!.GetValue<string>());
        Assert.False(end["report"]!["promoted"]!.GetValue<bool>());
        Assert.Null(end["report"]!["quality_improvement"]);
        Assert.True(end["report"]!["after_trait_score"]!.GetValue<double>() > 0);
    }

    [Fact]
    public async Task Starting_many_times_at_once_runs_it_once()
    {
        await using var vendor = new FakeVendor();
        var minion = await person.NewMinionAsync("twin", vendor);
        var job = await TrainingWorld.NewJobAsync(person, minion.Id, [], Persona());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TrainingWorld.StartAsync(person, job)));
        var end = await TrainingWorld.EndAsync(person, job);

        Assert.Equal("COMPLETED", end["status"]!.GetValue<string>());
        Assert.Equal(27, vendor.Requests.Count);
        await person.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(person, $"/{job}/start"));
    }

    [Fact]
    public async Task A_stopped_run_goes_on_where_it_was()
    {
        await using var vendor = new FakeVendor();
        var minion = await person.NewMinionAsync("idler", vendor);
        var job = await TrainingWorld.NewJobAsync(person, minion.Id, [], Persona());
        vendor.Hangs();
        await TrainingWorld.StartAsync(person, job);
        await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
        var stopped = await person.Api.PostAsync(TrainingWorld.PathOf(person, $"/{job}/stop"));
        Assert.Equal("STOPPED", stopped["job"]!["status"]!.GetValue<string>());

        vendor.Answers("Hello");
        await TrainingWorld.StartAsync(person, job);
        var end = await TrainingWorld.EndAsync(person, job);

        Assert.Equal("COMPLETED", end["status"]!.GetValue<string>());
        Assert.Equal(28, vendor.Requests.Count);
    }

    [Fact]
    public async Task The_stream_tells_every_step_and_replays_what_was_missed()
    {
        await using var vendor = new FakeVendor();
        var minion = await person.NewMinionAsync("teller", vendor);
        var job = await TrainingWorld.NewJobAsync(person, minion.Id, [], Persona());
        await TrainingWorld.StartAsync(person, job);
        var path = TrainingWorld.PathOf(person, $"/{job}/events");
        var heard = await ReadAsync(path, null);

        var steps = heard
            .Where(e => e.Name == "step")
            .Select(e => (e.Data["index"]!.GetValue<int>(), e.Data["status"]!.GetValue<string>()));
        Assert.Equal(Enumerable.Range(0, 9).SelectMany(i => new[] { (i, "active"), (i, "completed") }), steps);
        // How a run stands is told as often as it is looked at.
        Assert.Equal("report", heard.Last(e => e.Name != "progress").Name);
        Assert.Equal(("progress", "COMPLETED"), (heard[^1].Name, heard[^1].Data["status"]!.GetValue<string>()));
        var middle = heard.Where(e => e.Id is not null).ToList()[9];
        Assert.Equal(
            heard.Where(e => e.Id is not null && long.Parse(e.Id) > long.Parse(middle.Id!)).Select(e => e.Id),
            (await ReadAsync(path, middle.Id)).Where(e => e.Id is not null).Select(e => e.Id)
        );
    }

    [Fact]
    public async Task A_second_run_of_the_same_minion_waits_for_the_first_by_saying_so()
    {
        await using var vendor = new FakeVendor();
        var minion = await person.NewMinionAsync("busy", vendor);
        var first = await TrainingWorld.NewJobAsync(person, minion.Id, [], Persona());
        var second = await TrainingWorld.NewJobAsync(person, minion.Id, [], Persona());
        vendor.Hangs();
        await TrainingWorld.StartAsync(person, first);

        var problem = await person.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(person, $"/{second}/start"));

        Assert.Contains("A run", problem["detail"]!.GetValue<string>());
        await person.Api.PostAsync(TrainingWorld.PathOf(person, $"/{first}/stop"));
    }

    [Theory]
    [InlineData("""{"training_type": "hybrid"}""", "collection_ids")]
    [InlineData("""{"training_type": "magic"}""", "training_type")]
    [InlineData("""{"job_name": " "}""", "job_name")]
    [InlineData("""{"config": {"lora": {"rank": "many"}}}""", "config.lora.rank")]
    [InlineData("""{"config": {"lora": {"rank": 100000}}}""", "config.lora.rank")]
    [InlineData("""{"config": {"repeats": 0}}""", "config.repeats")]
    [InlineData("""{"config": {"promote": "maybe"}}""", "config.promote")]
    [InlineData("""{"config": {"loraConfig": {"selectedTraits": ["grumpy"]}}}""", "config.loraConfig.selectedTraits")]
    [InlineData("""{"config": {"loraConfig": {"selectedTraits": []}}}""", "config.loraConfig.selectedTraits")]
    [InlineData("""{"config": {"model": {"baseUrl": "https://elsewhere.example"}}}""", "config.model.baseUrl")]
    public async Task What_cannot_be_done_is_named_by_its_field(string change, string field)
    {
        await using var vendor = new FakeVendor();
        var minion = await world.Ada.NewMinionAsync($"m{Guid.CreateVersion7():N}", vendor);
        var body = new JsonObject
        {
            ["job_name"] = "A run",
            ["minion_id"] = minion.Id,
            ["training_type"] = "lora_only",
            ["config"] = Persona(),
        };
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            body[name] = value!.DeepClone();
        }

        var problem = await world.Ada.Api.ProblemAsync(400, HttpMethod.Post, TrainingWorld.PathOf(world.Ada), body);

        Assert.Contains(field, problem["errors"]!.AsObject().Select(error => error.Key));
    }

    private async Task<List<StreamedEvent>> ReadAsync(string path, string? after)
    {
        using var stream = await EventStream.OpenAsync(person.Api.Http, path, after);
        List<StreamedEvent> heard = [];
        while (await stream.NextAsync() is { } one)
        {
            heard.Add(one);
        }

        return heard;
    }
}
