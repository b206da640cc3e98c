using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>What there can be no run of is said by its field at every door, and leaves nothing behind.</summary>
public sealed class RunRefusalTests(SharedRepublic world) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private const string Quick = "/api/training/start";

    private Inhabitant person = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A configuration, the field that is wrong, and what is said of it.</summary>
    public static TheoryData<string, string, string> Impossible =>
        new()
        {
            { """{"loraConfig":{"selectedTraits":[null]}}""", "config.loraConfig.selectedTraits", "There is no trait “null”." },
            { """{"loraConfig":{"selectedTraits":["sassy\u0000"]}}""", "config.loraConfig.selectedTraits", "There is no trait “sassy" },
            { Traits("selectedTraits", "[", "\"friendly\"", "]"), "config.loraConfig.selectedTraits", "5000 entries" },
            { """{"loraConfig":{"traitIntensities":{"a\u0000":3}}}""", "config.loraConfig.traitIntensities", "There is no trait “a" },
            { Traits("traitIntensities", "{", "\"t{0}\":3", "}"), "config.loraConfig.traitIntensities", "there are 12 traits" },
            {
                """{"loraConfig":{"traitIntensities":{"friendly":"x"}}}""",
                "config.loraConfig.traitIntensities",
                "It takes an object, and for each name a whole number"
            },
            { """{"promote":77}""", "config.promote", "It takes \"gate\" or \"always\" or \"never\"." },
            { """{"promote":1}""", "config.promote", "It takes \"gate\"" },
            { """{"promote":"always,never"}""", "config.promote", "gate, always or never" },
            { """{"lora":null}""", "config.lora", "It takes an object." },
            { """{"lora":{"rank":1e12}}""", "config.lora.rank", "It takes a whole number" },
            { """{"lora":{"target_modules":[5]}}""", "config.lora.target_modules", "It takes a list, and for each entry a text." },
            { """{"judge_minion_id":"x"}""", "config.judge_minion_id", "It takes an id." },
            { "[]", "config", "It takes an object." },
        };

    public async ValueTask InitializeAsync() => person = await world.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task A_configuration_that_cannot_be_is_named_at_every_door(string config, string field, string says)
    {
        var minion = await person.NewMinionAsync("cook");
        var data = await TrainingWorld.NewDatasetAsync(person, 6);
        foreach (var (path, body) in Doors(minion, data))
        {
            body["config"] = JsonNode.Parse(config);
            var problem = await person.Api.ProblemAsync(400, HttpMethod.Post, path, body);

            var said = problem["errors"]![field]![0]!.GetValue<string>();
            Assert.Contains(says, said, StringComparison.Ordinal);
            Assert.DoesNotContain("System.", said, StringComparison.Ordinal);
            Assert.DoesNotContain("Republic.", said, StringComparison.Ordinal);
            Assert.InRange(said.Length, 1, 500);
        }

        Assert.Empty(await RunsAsync());
        Assert.Equal([data], await DatasetsAsync());
    }

    [Fact]
    public async Task A_run_asks_no_model_but_the_minions_own()
    {
        var minion = await person.NewMinionAsync("cook");
        var data = await TrainingWorld.NewDatasetAsync(person, 6);
        foreach (var (path, body) in Doors(minion, data))
        {
            body["config"] = new JsonObject
            {
                ["model"] = new JsonObject { ["provider"] = "openai", ["model"] = "gpt-4o" },
            };
            var problem = await person.Api.ProblemAsync(400, HttpMethod.Post, path, body);
            foreach (var field in new[] { "config.model.provider", "config.model.model" })
            {
                Assert.Contains("own model, sprout at local", problem["errors"]![field]![0]!.GetValue<string>(), StringComparison.Ordinal);
            }
        }

        Assert.Empty(await RunsAsync());
        var order = Order(minion, data);
        order["config"] = new JsonObject
        {
            ["model"] = new JsonObject { ["provider"] = "local", ["model"] = "sprout" },
        };
        await person.Api.PostAsync(TrainingWorld.PathOf(person), order);
        Assert.Single(await RunsAsync());
    }

    [Fact]
    public async Task Another_persons_judge_is_not_found_at_any_door()
    {
        var theirs = await (await world.NewPersonAsync($"O{Guid.CreateVersion7():N}"[..20])).NewMinionAsync("judge");
        var minion = await person.NewMinionAsync("cook");
        var data = await TrainingWorld.NewDatasetAsync(person, 6);
        foreach (var (path, body) in Doors(minion, data))
        {
            body["config"] = new JsonObject { ["judge_minion_id"] = theirs.Id };
            await person.Api.ProblemAsync(404, HttpMethod.Post, path, body);
        }
    }

    [Fact]
    public async Task A_quick_start_of_a_minion_at_work_leaves_neither_a_dataset_nor_a_run()
    {
        await using var vendor = new FakeVendor();
        vendor.Hangs();
        var minion = await person.NewMinionAsync("porter", vendor);
        var busy = await TrainingWorld.NewJobAsync(person, minion.Id, [], TrainingWorld.Friendly(1));
        await TrainingWorld.StartAsync(person, busy);
        var data = await TrainingWorld.NewDatasetAsync(person, 6);

        foreach (var order in new[] { QuickOrder(minion, rows: TrainingWorld.Rows(6)), QuickOrder(minion, data) })
        {
            order["config"] = TrainingWorld.Friendly(1);
            var problem = await person.Api.ProblemAsync(409, HttpMethod.Post, Quick, order);
            Assert.Contains("The same minion is in the run", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        Assert.Equal([busy], await RunsAsync());
        Assert.Equal([data], await DatasetsAsync());
        await TrainingWorld.StopAsync(person, busy);
    }

    [Fact]
    public async Task Datasets_without_a_usable_row_are_no_run_and_one_that_has_lost_its_rows_does_not_start()
    {
        const string none = "has no usable rows";
        var minion = await person.NewMinionAsync("cook");
        var broken = (await person.Api.PostAsync(Datasets, new JsonObject { ["name"] = "Broken", ["data"] = Malformed }))["dataset"]!;
        var empty = broken["id"]!.GetValue<Guid>();
        var data = await TrainingWorld.NewDatasetAsync(person, 12);
        await ReadyAsync(empty, version: 1);
        await ReadyAsync(data, version: 1);

        foreach (var (path, body) in new[] { (TrainingWorld.PathOf(person), Order(minion, empty)), (Quick, QuickOrder(minion, empty)) })
        {
            var problem = await person.Api.ProblemAsync(400, HttpMethod.Post, path, body);
            Assert.Contains($"“Broken” {none}", problem["errors"]!["dataset_ids"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        }

        Assert.Empty(await RunsAsync());
        var run = await TrainingWorld.NewJobAsync(person, minion.Id, [data]);
        await person.Api.PostAsync($"{Datasets}/{data}/versions", new { min_text_length = 5000 });
        await ReadyAsync(data, version: 2);
        var refused = await person.Api.ProblemAsync(409, HttpMethod.Post, TrainingWorld.PathOf(person, $"/{run}/start"));
        Assert.Contains(none, refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        // Its rows may be read before the run is made, or by the run.
        using var sent = await person.Api.SendAsync(HttpMethod.Post, Quick, QuickOrder(minion, rows: Malformed));
        var answer = JsonNode.Parse(await sent.Content.ReadAsStringAsync(Ct))!;
        var said =
            sent.StatusCode == HttpStatusCode.Accepted
                ? (await TrainingWorld.EndAsync(person, answer["job_id"]!.GetValue<Guid>()))["error_message"]
                : answer["detail"];
        Assert.Contains(none, said!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Promote", "55")]
    [InlineData("Type", "77")]
    [InlineData("JudgeMinionId", "nobody")]
    public async Task A_choice_that_the_form_does_not_offer_is_refused_beside_it(string field, string value)
    {
        var data = await TrainingWorld.NewDatasetAsync(person, 6);
        using var answer = await SubmitAsync(data, field, value);

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            $"“{value}” cannot be chosen here.",
            page.Split($"""id="Input_{field}-error">""")[1].Split("</p>")[0],
            StringComparison.Ordinal
        );
        Assert.Empty(await RunsAsync());
    }

    [Theory]
    [InlineData("", HttpStatusCode.Redirect)]
    [InlineData("?handler=Fields", HttpStatusCode.OK)]
    [InlineData("?handler=Effect", HttpStatusCode.OK)]
    public async Task An_empty_trait_chooses_nothing(string handler, HttpStatusCode status)
    {
        var data = await TrainingWorld.NewDatasetAsync(person, 6);
        using var answer = await SubmitAsync(data, "SelectedTraits", "", handler);

        Assert.Equal(status, answer.StatusCode);
    }

    private static JsonArray Malformed => new([.. Enumerable.Range(0, 30).Select(i => new JsonObject { ["x"] = i })]);

    private string Datasets => $"/api/users/{person.Id}/training-datasets";

    private static string Traits(string field, string begin, string entry, string end)
    {
        var entries = Enumerable.Range(0, 5000).Select(i => entry.Replace("{0}", $"{i}", StringComparison.Ordinal));
        return $"{{\"loraConfig\":{{\"{field}\":{begin}{string.Join(',', entries)}{end}}}}}";
    }

    private (string Path, JsonObject Body)[] Doors(TestMinion minion, Guid data)
    {
        var schedule = Order(minion, data);
        (schedule["name"], schedule["day"], schedule["at"]) = ("Weekly", "sunday", "03:00");
        return
        [
            (TrainingWorld.PathOf(person), Order(minion, data)),
            ($"/api/users/{person.Id}/training-schedules", schedule),
            (Quick, QuickOrder(minion, rows: TrainingWorld.Rows(6))),
        ];
    }

    private static JsonObject Order(TestMinion minion, Guid data) =>
        new()
        {
            ["job_name"] = "A run",
            ["minion_id"] = minion.Id,
            ["training_type"] = "lora_only",
            ["dataset_ids"] = new JsonArray(data),
        };

    private static JsonObject QuickOrder(TestMinion minion, Guid? data = null, JsonArray? rows = null) =>
        new()
        {
            ["reference_minion_id"] = minion.Id,
            ["dataset_id"] = data,
            ["training_data"] = rows,
        };

    private async Task<HttpResponseMessage> SubmitAsync(Guid data, string field, string value, string handler = "")
    {
        var minion = await person.NewMinionAsync("cook");
        var browser = await person.BrowserAsync();
        var page = await browser.ReadAsync("/training/new");
        var fields = new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Html.Token(page),
            ["Input.MinionId"] = minion.Id.ToString(),
            ["Input.JobName"] = "A run of mine",
            ["Input.DatasetIds"] = data.ToString(),
            ["later"] = "true",
            [$"Input.{field}"] = value,
        };
        return await browser.Http.PostAsync($"/training/new{handler}", new FormUrlEncodedContent(fields), Ct);
    }

    private async Task<List<Guid>> RunsAsync() => Ids(await person.Api.GetAsync(TrainingWorld.PathOf(person)), "jobs");

    private async Task<List<Guid>> DatasetsAsync() => Ids(await person.Api.GetAsync(Datasets), "datasets");

    private static List<Guid> Ids(JsonNode page, string list) => [.. page[list]!.AsArray().Select(one => one!["id"]!.GetValue<Guid>())];

    private Task ReadyAsync(Guid dataset, int version) =>
        Until.TrueAsync(async () =>
        {
            var card = (await person.Api.GetAsync($"{Datasets}/{dataset}"))["dataset"]!;
            return card["status"]!.GetValue<string>() == "ready" && card["version"]!.GetValue<int>() == version;
        });
}
