using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

public sealed class MinionApiTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    /// <summary>Every field that a client may set, with a value that is not its default.</summary>
    private static JsonObject Full(string name) =>
        new()
        {
            ["name"] = name,
            ["display_name"] = "Grafana",
            ["description"] = "I am Grafana, the planner Minion.",
            ["provider"] = "nvidia",
            ["model_id"] = "nvidia/llama-3.3-nemotron-super-49b-v1.5",
            ["base_url"] = "https://integrate.api.nvidia.com/v1",
            ["capabilities"] = new JsonArray("chat", "reasoning"),
            ["parameters"] = "49B",
            ["context_length"] = 131072,
            ["max_tokens"] = 65536,
            ["temperature"] = 0.6,
            ["top_p"] = 0.95,
            ["system_prompt"] = "Break down challenges.\nUse tools wisely.",
            ["personality"] = "calm",
            ["skillset"] = new JsonArray("planning"),
            ["behavior_config"] = new JsonObject { ["tone"] = "formal" },
            ["avatar"] = "🧠",
            ["quantization"] = "fp8",
            ["architecture"] = "llama",
            ["license"] = "NVIDIA",
            ["embedding_length"] = 8192,
            ["tags"] = new JsonArray("nvidia", "math"),
            ["metadata"] = new JsonObject { ["source"] = new JsonArray(1, "two", null) },
            ["is_active"] = false,
            ["is_favorite"] = true,
            ["allow_raw"] = true,
            ["cache_minutes"] = 60,
            ["lora_enabled"] = true,
            ["lora_config"] = new JsonObject { ["rank"] = 16 },
            ["enhanced_system_prompt"] = "Enhanced.",
            ["trait_configuration"] = new JsonObject { ["selected_traits"] = new JsonArray("professional") },
            ["trait_slots_used"] = 1,
            ["trait_points_spent"] = 6,
        };

    [Fact]
    public async Task Every_field_round_trips_and_every_one_can_be_cleared()
    {
        var sent = Full("full");
        var made = await republic.Jonas.Api.PostAsync("/api/minions", sent);
        var id = made["minion_id"]!.GetValue<Guid>();
        Assert.True(made["success"]!.GetValue<bool>());
        Assert.Equal(
            Text(made["minion"]!, "created_at"),
            Text((await republic.Jonas.Api.GetAsync($"/api/minions/{id}"))["minion"]!, "created_at")
        );
        Assert.Matches("^rep_[A-Za-z0-9_-]{43}$", made["republic_key"]!.GetValue<string>());
        var read = (await republic.Jonas.Api.GetAsync($"/api/minions/{id}"))["minion"]!;
        foreach (var (field, value) in sent)
        {
            Assert.True(
                JsonNode.DeepEquals(value, read[field]),
                $"{field}: {value?.ToJsonString()} came back as {read[field]?.ToJsonString()}"
            );
        }

        string[] needed = ["name", "provider", "model_id"];
        var nulls = new JsonObject(
            sent.Where(field => !needed.Contains(field.Key)).Select(field => KeyValuePair.Create(field.Key, (JsonNode?)null))
        );
        var cleared = (await republic.Jonas.Api.PutAsync($"/api/minions/{id}", nulls))["minion"]!;
        Assert.Equal("full", cleared["display_name"]!.GetValue<string>());
        Assert.Equal("[]", cleared["tags"]!.ToJsonString());
        Assert.Equal("{}", cleared["metadata"]!.ToJsonString());
        string[] gone =
        [
            "description",
            "max_tokens",
            "temperature",
            "top_p",
            "context_length",
            "system_prompt",
            "personality",
            "avatar",
            "license",
            "base_url",
            "lora_config",
            "cache_minutes",
        ];
        Assert.All(gone, field => Assert.Null(cleared[field]));
        Assert.True(cleared["is_active"]!.GetValue<bool>());
        Assert.False(cleared["is_favorite"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Minions_are_listed_by_provider_with_its_look()
    {
        var person = await republic.NewPersonAsync("Lister");
        await person.NewMinionAsync("here");
        await person.Api.PostAsync("/api/minions", Full("far"));
        var list = await person.Api.GetAsync("/api/minions");
        Assert.True(list["success"]!.GetValue<bool>());
        var groups = list["grouped_minions"]!.AsObject();
        Assert.Equal(["nvidia", "local"], groups.Select(group => group.Key));
        Assert.Equal(("nvidia", "NVIDIA", "smart_toy", "#76B900"), Look(groups["nvidia"]!));
        Assert.Equal("far", groups["nvidia"]!["minions"]!.AsArray().Single()!["name"]!.GetValue<string>());

        static (string, string, string, string) Look(JsonNode group) =>
            (Text(group, "name"), Text(group, "display_name"), Text(group, "icon"), Text(group, "color"));
    }

    [Fact]
    public async Task A_change_of_some_fields_leaves_the_others()
    {
        var minion = await republic.Jonas.NewMinionAsync("partly", more: new JsonObject { ["personality"] = "calm", ["max_tokens"] = 10 });
        var changed = (await republic.Jonas.Api.PutAsync($"/api/minions/{minion.Id}", new { max_tokens = 20 }))["minion"]!;
        Assert.Equal(("calm", 20, "partly"), (Text(changed, "personality"), changed["max_tokens"]!.GetValue<int>(), Text(changed, "name")));
    }

    [Fact]
    public async Task What_is_the_servers_own_is_ignored_when_it_is_sent()
    {
        var someone = Guid.CreateVersion7();
        var greedy = new JsonObject
        {
            ["id"] = someone,
            ["owner_id"] = republic.Ada.Id,
            ["experience"] = 99_999,
            ["level"] = "12",
            ["xp_to_next_level"] = 1,
            ["republic_id"] = "mine-00000000",
            ["republic_key"] = "rep_mine",
            ["total_queries"] = 1000,
            ["success_rate"] = 1,
            ["sync_status"] = "error",
            ["version"] = 7,
            ["created_at"] = "2001-01-01T00:00:00Z",
        };
        var made = await republic.Jonas.NewMinionAsync("greedy", more: greedy);
        var read = (await republic.Jonas.Api.PutAsync($"/api/minions/{made.Id}", greedy))["minion"]!;
        Assert.NotEqual(someone, made.Id);
        Assert.Equal(
            (0, 1, 100),
            (read["experience"]!.GetValue<decimal>(), read["level"]!.GetValue<int>(), read["xp_to_next_level"]!.GetValue<int>())
        );
        Assert.Equal((0, 0), (read["total_queries"]!.GetValue<long>(), read["version"]!.GetValue<int>()));
        // Nobody has looked for its model.
        Assert.Equal("synced", (string?)read["sync_status"]);
        Assert.Matches("^greedy-[0-9a-f]{8}$", Text(read, "republic_id"));
        Assert.NotEqual("rep_mine", made.Key);
        Assert.Equal(404, (int)(await republic.Ada.Api.SendAsync(HttpMethod.Get, $"/api/minions/{made.Id}")).StatusCode);
    }

    [Fact]
    public async Task Two_minions_may_share_a_model_and_none_a_name()
    {
        await republic.Jonas.NewMinionAsync("twin");
        await republic.Jonas.NewMinionAsync("other-twin");
        await republic.Ada.NewMinionAsync("twin");
        var again = new
        {
            name = "twin",
            provider = "local",
            model_id = "sprout",
        };
        var problem = await republic.Jonas.Api.ProblemAsync(409, HttpMethod.Post, "/api/minions", again);
        Assert.Contains("Twin", problem["errors"]!["name"]!.ToJsonString());
        var others = (await republic.Jonas.Api.GetAsync("/api/minions"))["grouped_minions"]!["local"]!["minions"]!.AsArray();
        var second = others.Single(m => Text(m!, "name") == "other-twin")!["id"]!.GetValue<Guid>();
        await republic.Jonas.Api.ProblemAsync(409, HttpMethod.Put, $"/api/minions/{second}", new { name = "twin" });
    }

    [Fact]
    public async Task Fifty_creations_with_one_name_at_once_make_one_minion()
    {
        var body = new
        {
            name = "only-one",
            provider = "local",
            model_id = "sprout",
        };
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => republic.Jonas.Api.SendAsync(HttpMethod.Post, "/api/minions", body))
        );
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(49, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_deleted_minion_is_gone_until_it_is_restored_and_its_name_is_free()
    {
        var minion = await republic.Jonas.NewMinionAsync("fleeting");
        await republic.Jonas.Api.DeleteAsync($"/api/minions/{minion.Id}");
        foreach (
            var (method, path) in new[]
            {
                (HttpMethod.Get, ""),
                (HttpMethod.Put, ""),
                (HttpMethod.Delete, ""),
                (HttpMethod.Post, "/test"),
                (HttpMethod.Post, "/republic-key"),
                (HttpMethod.Get, "/republic-key"),
            }
        )
        {
            await republic.Jonas.Api.ProblemAsync(
                404,
                method,
                $"/api/minions/{minion.Id}{path}",
                method == HttpMethod.Put ? new { } : null
            );
        }

        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Post, $"/api/minions/{minion.Id}/restore");
        var back = await republic.Jonas.Api.PostAsync($"/api/minions/{minion.Id}/restore");
        Assert.Equal("fleeting", Text(back["minion"]!, "name"));
        await republic.Jonas.Api.DeleteAsync($"/api/minions/{minion.Id}");
        await republic.Jonas.NewMinionAsync("fleeting");
        await republic.Jonas.Api.ProblemAsync(409, HttpMethod.Post, $"/api/minions/{minion.Id}/restore");
    }

    [Fact]
    public async Task Another_persons_minion_is_not_there_whatever_is_asked_of_it()
    {
        var minion = await republic.Jonas.NewMinionAsync("private");
        (HttpMethod Method, string Path, object? Body)[] attempts =
        [
            (HttpMethod.Get, "", null),
            (HttpMethod.Put, "", new { description = "mine now" }),
            (HttpMethod.Put, "", new { name = 5 }),
            (HttpMethod.Delete, "", null),
            (HttpMethod.Post, "/restore", null),
            (HttpMethod.Post, "/test", null),
            (HttpMethod.Post, "/republic-key", null),
            (HttpMethod.Get, "/card", null),
        ];
        foreach (var (method, path, body) in attempts)
        {
            var problem = await republic.Ada.Api.ProblemAsync(404, method, $"/api/minions/{minion.Id}{path}", body);
            Assert.DoesNotContain("private", problem.ToJsonString());
        }

        Assert.DoesNotContain("private", (await republic.Ada.Api.GetAsync("/api/minions")).ToJsonString());
        Assert.Equal("private", Text((await republic.Jonas.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!, "name"));
    }

    [Theory]
    [InlineData("""{"provider":"local","model_id":"sprout"}""", "name")]
    [InlineData("""{"name":"x","model_id":"sprout"}""", "provider")]
    [InlineData("""{"name":"x","provider":"acme","model_id":"m"}""", "provider")]
    [InlineData("""{"name":"x","provider":"local"}""", "model_id")]
    [InlineData("""{"name":7,"provider":"local","model_id":"sprout"}""", "name")]
    [InlineData("""{"name":"a\u0000b","provider":"local","model_id":"sprout"}""", "name")]
    [InlineData("""{"name":"x","provider":"local","model_id":"sprout","temperature":"hot"}""", "temperature")]
    [InlineData("""{"name":"x","provider":"local","model_id":"sprout","metadata":{"a":"\u0000"}}""", "metadata")]
    [InlineData("""{"name":"x","provider":"local","model_id":"sprout","metadata":[1]}""", "metadata")]
    [InlineData("""{"name":"x","provider":"custom","model_id":"m","base_url":"http://10.0.0.1/v1"}""", "base_url")]
    public async Task Bad_input_is_answered_with_the_field_and_never_with_a_500(string json, string field)
    {
        var problem = await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Post, "/api/minions", JsonNode.Parse(json));
        Assert.Equal([field], problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_body_that_is_no_object_is_a_400(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await republic.Jonas.Api.Http.PostAsync("/api/minions", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("problem+json", answer.Content.Headers.ContentType!.ToString());
    }

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();
}
