using System.Text.Json.Nodes;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Versions that runs made of a minion at a provider: back to any of them, and from an answer to where it comes from.</summary>
public sealed class VersionTests(SharedRepublic world) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    // Somebody new each time: other minions of theirs would be asked to judge.
    private Inhabitant person = null!;

    private ApiClient Api => person.Api;

    public async ValueTask InitializeAsync() => person = await world.NewPersonAsync($"P{Guid.CreateVersion7():N}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_draft_is_promoted_by_hand_and_rolled_back()
    {
        await using var vendor = new FakeVendor();
        var minion = await NewMinionAsync("waverer", vendor);
        Assert.Empty(await VersionsAsync(minion));
        await TrainAsync(minion);
        Assert.Equal([(1, false), (0, true)], (await VersionsAsync(minion)).Select(Live));
        Assert.Null((await VersionsAsync(minion))[0]["promoted_at"]);

        var promoted = (await Api.PostAsync(Path(minion, "/1/promote")))["minion"]!;
        Assert.Equal(1, promoted["version"]!.GetValue<int>());
        Assert.Contains("Friendly", promoted["enhanced_system_prompt"]!.GetValue<string>());
        var (draft, first) = ((await VersionsAsync(minion))[0], (await VersionsAsync(minion))[1]);
        Assert.Equal(((1, true), (0, false)), (Live(draft), Live(first)));
        Assert.NotNull(draft["promoted_at"]);
        Assert.Equal("A run", draft["job_name"]!.GetValue<string>());
        Assert.Equal("not_graded", draft["verdict"]!.GetValue<string>());
        Assert.Null(draft["adapter"]);

        var back = (await Api.PostAsync(Path(minion, "/0/promote")))["minion"]!;
        Assert.Equal((0, null), (back["version"]!.GetValue<int>(), back["enhanced_system_prompt"]?.GetValue<string>()));
        Assert.Equal(promoted["experience"]!.ToJsonString(), back["experience"]!.ToJsonString());
        await Api.ProblemAsync(404, HttpMethod.Post, Path(minion, "/7/promote"));
    }

    [Fact]
    public async Task The_list_comes_in_pages()
    {
        await using var vendor = new FakeVendor();
        var minion = await NewMinionAsync("pages", vendor);
        await TrainAsync(minion);
        var first = await Api.GetAsync(Path(minion, "?limit=1"));
        var second = await Api.GetAsync(Path(minion, $"?limit=1&cursor={first["next_cursor"]}"));
        Assert.Equal(1, first["versions"]![0]!["version"]!.GetValue<int>());
        Assert.Equal(0, second["versions"]![0]!["version"]!.GetValue<int>());
        Assert.Empty((await Api.GetAsync(Path(minion, $"?limit=1&cursor={second["next_cursor"]}")))["versions"]!.AsArray());
        await Api.ProblemAsync(400, HttpMethod.Get, Path(minion, "?cursor=x"));
    }

    [Fact]
    public async Task What_the_person_writes_counts_in_every_version()
    {
        await using var vendor = new FakeVendor();
        var minion = await NewMinionAsync("editor", vendor);
        await TrainAsync(minion, "always");
        var edited = await Api.PutAsync($"/api/minions/{minion}", new { system_prompt = "Speak of ships." });
        var prompt = edited["minion"]!["enhanced_system_prompt"]!.GetValue<string>();
        Assert.StartsWith("Speak of ships.\n\nYour character:", prompt);
        Assert.DoesNotContain("Speak of bread.", prompt);

        await Api.PostAsync(Path(minion, "/0/promote"));
        await Api.PutAsync($"/api/minions/{minion}", new { system_prompt = "Speak of stars." });
        var again = (await Api.PostAsync(Path(minion, "/1/promote")))["minion"]!;
        Assert.StartsWith("Speak of stars.\n\nYour character:", again["enhanced_system_prompt"]!.GetValue<string>());
        Assert.Equal("Speak of stars.", again["system_prompt"]!.GetValue<string>());

        var set = await Api.PutAsync($"/api/minions/{minion}", new { system_prompt = "A", enhanced_system_prompt = "B" });
        Assert.Equal("B", set["minion"]!["enhanced_system_prompt"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_answer_names_the_version_that_gave_it()
    {
        await using var vendor = new FakeVendor();
        var minion = await NewMinionAsync("witness", vendor);
        var chat = await Chat.BeginAsync(person, minion);
        Assert.Equal(0, (await chat.AskAsync("Who?"))["minion_version"]!.GetValue<int>());
        await TrainAsync(minion, "always", await TrainingWorld.NewDatasetAsync(person, 6));
        var answer = await chat.AskAsync("And now?");
        Assert.Equal(1, answer["minion_version"]!.GetValue<int>());

        var version = (await VersionsAsync(minion))[0];
        var source = Assert.Single(version["datasets"]!.AsArray())!;
        Assert.Equal(
            (1, 6, true),
            (source["version"]!.GetValue<int>(), source["rows"]!.GetValue<int>(), source["is_there"]!.GetValue<bool>())
        );
        var jonas = await person.BrowserAsync();
        Assert.Contains($"/models/{minion}/versions/1", await jonas.ReadAsync($"/chats/{chat.Id}"));
        var page = await jonas.ReadAsync($"/models/{minion}/versions/1");
        Assert.Contains($"/training/{version["training_job_id"]}", page);
        Assert.Contains($"/datasets/{source["id"]}/rows?version=1", page);
    }

    [Fact]
    public async Task Versions_outlive_their_run_and_come_back_with_their_minion()
    {
        await using var vendor = new FakeVendor();
        var minion = await NewMinionAsync("heir", vendor);
        var run = await TrainAsync(minion, "always");
        await Api.DeleteAsync(TrainingWorld.PathOf(person, $"/{run}"));
        var version = (await VersionsAsync(minion))[0];
        Assert.Equal((run, null), (version["training_job_id"]!.GetValue<Guid>(), version["job_name"]));
        Assert.Contains("Its run was deleted", await (await person.BrowserAsync()).ReadAsync($"/models/{minion}"));

        await Api.DeleteAsync($"/api/minions/{minion}");
        await Api.ProblemAsync(404, HttpMethod.Get, Path(minion));
        await Api.ProblemAsync(404, HttpMethod.Post, Path(minion, "/0/promote"));
        await Api.PostAsync($"/api/minions/{minion}/restore");
        Assert.Equal([(1, true), (0, false)], (await VersionsAsync(minion)).Select(Live));
    }

    [Fact]
    public async Task Choices_edits_and_the_end_of_a_run_at_one_moment_leave_one_version_in_use()
    {
        await using var vendor = new FakeVendor();
        var minion = await NewMinionAsync("crowd", vendor);
        await TrainAsync(minion, "always");
        var run = await NewRunAsync(minion, "always");
        await TrainingWorld.StartAsync(person, run);
        await Task.WhenAll([
            .. Enumerable.Range(0, 24).Select(i => Api.PostAsync(Path(minion, $"/{i % 2}/promote"))),
            .. Enumerable.Range(0, 8).Select(i => Api.PutAsync($"/api/minions/{minion}", new { system_prompt = $"Text {i}." })),
        ]);
        Assert.Equal("COMPLETED", (await TrainingWorld.EndAsync(person, run))["status"]!.GetValue<string>());

        Assert.Equal([2, 1, 0], (await VersionsAsync(minion)).Select(version => version["version"]!.GetValue<int>()));
        Assert.Single(await VersionsAsync(minion), version => version["is_live"]!.GetValue<bool>());
        var now = (await Api.PostAsync(Path(minion, "/2/promote")))["minion"]!;
        Assert.StartsWith(now["system_prompt"]!.GetValue<string>(), now["enhanced_system_prompt"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_run_whose_minion_is_put_on_another_model_says_so_and_goes_on_when_it_is_back()
    {
        await using var vendor = new FakeVendor();
        var minion = await NewMinionAsync("mover", vendor);
        var run = await NewRunAsync(minion, "never");
        vendor.Hangs();
        await TrainingWorld.StartAsync(person, run);
        await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
        await Api.PostAsync(TrainingWorld.PathOf(person, $"/{run}/stop"));
        vendor.Answers("Hello");
        await Api.PutAsync($"/api/minions/{minion}", new { model_id = "other-model" });
        await TrainingWorld.StartAsync(person, run);
        var failed = await TrainingWorld.EndAsync(person, run);
        Assert.Equal("FAILED", failed["status"]!.GetValue<string>());
        Assert.Contains("other-model", failed["error_message"]!.GetValue<string>());

        await Api.PutAsync($"/api/minions/{minion}", new { model_id = "vendor-model" });
        await TrainingWorld.StartAsync(person, run);
        Assert.Equal("COMPLETED", (await TrainingWorld.EndAsync(person, run))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_dataset_that_a_run_is_yet_to_read_is_not_deleted()
    {
        await using var vendor = new FakeVendor();
        var minion = await NewMinionAsync("reader", vendor);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 6);
        var run = await NewRunAsync(minion, "never", dataset);
        vendor.Hangs();
        await TrainingWorld.StartAsync(person, run);
        await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
        var path = $"/api/users/{person.Id}/training-datasets/{dataset}";
        var problem = await Api.ProblemAsync(409, HttpMethod.Delete, path);
        Assert.Contains("A run", problem["detail"]!.GetValue<string>());

        await Api.PostAsync(TrainingWorld.PathOf(person, $"/{run}/stop"));
        await Api.DeleteAsync(path);
        vendor.Answers("Hello");
        await TrainingWorld.StartAsync(person, run);
        var failed = await TrainingWorld.EndAsync(person, run);
        Assert.Contains("was deleted", failed["error_message"]!.GetValue<string>());
    }

    private async Task<Guid> NewMinionAsync(string name, FakeVendor vendor) =>
        (await person.NewMinionAsync(name, vendor, new JsonObject { ["system_prompt"] = "Speak of bread." })).Id;

    private Task<Guid> NewRunAsync(Guid minion, string promote, params IEnumerable<Guid> datasets) =>
        TrainingWorld.NewJobAsync(
            person,
            minion,
            datasets,
            new JsonObject
            {
                ["loraConfig"] = new JsonObject { ["selectedTraits"] = new JsonArray("friendly") },
                ["repeats"] = 1,
                ["promote"] = promote,
            }
        );

    private async Task<Guid> TrainAsync(Guid minion, string promote = "gate", params IEnumerable<Guid> datasets)
    {
        var run = await NewRunAsync(minion, promote, datasets);
        await TrainingWorld.StartAsync(person, run);
        var end = await TrainingWorld.EndAsync(person, run);
        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        return run;
    }

    private async Task<IReadOnlyList<JsonNode>> VersionsAsync(Guid minion) =>
        [.. (await Api.GetAsync(Path(minion)))["versions"]!.AsArray().Select(version => version!)];

    private static (int, bool) Live(JsonNode version) => (version["version"]!.GetValue<int>(), version["is_live"]!.GetValue<bool>());

    private static string Path(Guid minion, string more = "") => $"/api/minions/{minion}/versions{more}";
}
