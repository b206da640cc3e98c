using System.Text.Json.Nodes;
using Republic.Core.Events;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Citizens;

public sealed class CitizenTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant jonas = republic.Jonas;

    [Fact]
    public async Task A_person_sees_themselves_first_then_their_minions_and_nobody_else()
    {
        var nora = await republic.NewPersonAsync("Nora");
        var first = await nora.NewMinionAsync("first");
        var second = await nora.NewMinionAsync("second");
        var gone = await nora.NewMinionAsync("gone");
        await nora.Api.DeleteAsync($"/api/minions/{gone.Id}");

        var all = await nora.Api.GetAsync("/api/citizens");
        var page = await nora.Api.GetAsync("/api/citizens?limit=1");
        var rest = await nora.Api.GetAsync($"/api/citizens?cursor={page["next_cursor"]}");
        var people = await nora.Api.GetAsync("/api/citizens?kind=person");

        Assert.Equal([nora.Id, first.Id, second.Id], Ids(all));
        Assert.Equal([nora.Id], Ids(page));
        Assert.Equal([first.Id, second.Id], Ids(rest));
        Assert.Equal([nora.Id], Ids(people));
        Assert.Equal(nora.Email, Text(all["citizens"]![0]!, "email"));
        Assert.Null(all["citizens"]![1]!["email"]);
        Assert.Equal(nora.Id.ToString(), Text(all["citizens"]![1]!, "created_by"));
        await nora.Api.ProblemAsync(400, HttpMethod.Get, "/api/citizens?kind=robot");
        await nora.Api.ProblemAsync(404, HttpMethod.Get, $"/api/citizens/{gone.Id}");
    }

    [Fact]
    public async Task Anothers_citizens_can_neither_be_seen_nor_changed()
    {
        var minion = await republic.Ada.NewMinionAsync("hers");
        foreach (var id in (Guid[])[republic.Ada.Id, minion.Id, Guid.CreateVersion7()])
        {
            await jonas.Api.ProblemAsync(404, HttpMethod.Get, $"/api/citizens/{id}");
            await jonas.Api.ProblemAsync(404, HttpMethod.Put, $"/api/citizens/{id}", new { skills = new[] { "theft" } });
            await jonas.Api.ProblemAsync(404, HttpMethod.Get, $"/api/citizens/{id}/memories");
            await jonas.Api.ProblemAsync(404, HttpMethod.Get, $"/api/citizens/{id}/capabilities");
            await jonas.Api.ProblemAsync(404, HttpMethod.Put, $"/api/citizens/{id}/custom-fields", new { });
        }
    }

    [Fact]
    public async Task What_is_left_out_stays_and_null_clears()
    {
        var minion = await jonas.NewMinionAsync("kept");
        var path = $"/api/citizens/{minion.Id}";
        await jonas.Api.PutAsync(
            path,
            new
            {
                first_name = " Kay ",
                last_name = "Kept",
                personality_traits = new[] { "curious", " ", "curious" },
                interests = new[] { "chess" },
                llm_model = new { provider = "local", model_id = "sprout" },
                display_name = "ignored",
            }
        );

        var saved = (await jonas.Api.PutAsync(path, new { last_name = (string?)null, llm_model = (object?)null }))["citizen"]!;

        Assert.Equal(("Kay", (string?)null, "Kept"), (Text(saved, "first_name"), Text(saved, "last_name"), Text(saved, "display_name")));
        Assert.Equal(["curious"], saved["personality_traits"]!.AsArray().Select(trait => (string)trait!));
        Assert.Equal(["chess"], saved["interests"]!.AsArray().Select(interest => (string)interest!));
        Assert.Null(saved["llm_model"]);
    }

    [Fact]
    public async Task A_minions_skillset_and_its_skills_are_one_thing_and_its_interests_stand_in_its_prompt()
    {
        await using var vendor = new FakeVendor();
        var minion = await jonas.NewMinionAsync("one", vendor, new JsonObject { ["skillset"] = new JsonArray("planning") });
        var before = (await jonas.Api.GetAsync($"/api/citizens/{minion.Id}"))["citizen"]!;
        Assert.Equal(["planning"], before["skills"]!.AsArray().Select(skill => (string)skill!));

        await jonas.Api.PutAsync(
            $"/api/citizens/{minion.Id}",
            new
            {
                skills = new[] { "writing" },
                interests = new[] { "sailing" },
                personality_traits = new[] { "calm" },
            }
        );

        var after = (await jonas.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!;
        Assert.Equal(["writing"], after["skillset"]!.AsArray().Select(skill => (string)skill!));
        var page = await (await jonas.BrowserAsync()).ReadAsync($"/models/{minion.Id}");
        Assert.Contains("Traits: calm. Skills: writing. Interests: sailing.", page);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_named_field_by_field()
    {
        var path = $"/api/citizens/{jonas.Id}";
        var problem = await jonas.Api.ProblemAsync(
            400,
            HttpMethod.Put,
            path,
            new
            {
                first_name = new string('x', 10_000),
                last_name = "a\0b",
                skills = Enumerable.Range(0, 51).Select(n => $"skill {n}"),
                interests = new[] { "two\nlines" },
                personality_traits = 7,
                llm_model = new { provider = "nobody", model_id = "x" },
                embedding_model = new { provider = "local" },
            }
        );

        Assert.Equal(
            ["embedding_model.model_id", "first_name", "interests", "last_name", "llm_model.provider", "personality_traits", "skills"],
            problem["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal)
        );
        await jonas.Api.ProblemAsync(400, HttpMethod.Put, path, new[] { 1 });
    }

    [Fact]
    public async Task Custom_fields_are_made_changed_by_name_in_any_case_and_removed()
    {
        var path = $"/api/citizens/{(await jonas.NewMinionAsync("fields")).Id}/custom-fields";
        var made = (await SetAsync(path, ("Time zone", "Oslo"), ("Pronouns", "they")))["custom_fields"]!.AsArray();
        Assert.Equal(["Pronouns", "Time zone"], made.Select(field => Text(field!, "field_name")));

        var changed = (await SetAsync(path, ("TIME ZONE", "Bergen")))["custom_fields"]!.AsArray();

        Assert.Equal(2, changed.Count);
        Assert.Equal(("Time zone", "Bergen"), (Text(changed[1]!, "field_name"), Text(changed[1]!, "field_value")));
        Assert.Equal((string)made[1]!["id"]!, (string)changed[1]!["id"]!);
        await jonas.Api.DeleteAsync($"{path}/{changed[1]!["id"]}");
        await jonas.Api.ProblemAsync(404, HttpMethod.Delete, $"{path}/{changed[1]!["id"]}");
        Assert.Single((await jonas.Api.GetAsync(path))["custom_fields"]!.AsArray());
    }

    [Fact]
    public async Task Custom_fields_that_are_too_many_too_long_twice_or_unstorable_are_refused_and_none_is_kept()
    {
        var path = $"/api/citizens/{(await jonas.NewMinionAsync("refused")).Id}/custom-fields";
        await RefusedAsync(400, path, [.. Enumerable.Range(0, 51).Select(n => ($"field {n}", "x"))]);
        await RefusedAsync(400, path, ("Same", "x"), ("sAME", "y"));
        await RefusedAsync(400, path, (new string('n', 101), "x"));
        await RefusedAsync(400, path, ("long", new string('v', 10_000)));
        await RefusedAsync(400, path, ("nul", "a\0b"));
        await RefusedAsync(400, path, ("", "x"));
        Assert.Empty((await jonas.Api.GetAsync(path))["custom_fields"]!.AsArray());

        await SetAsync(path, [.. Enumerable.Range(0, 50).Select(n => ($"field {n}", "x"))]);
        await RefusedAsync(409, path, ("one more", "x"));
        await SetAsync(path, ("FIELD 7", "changed"));
    }

    [Fact]
    public async Task Memories_of_a_minion_are_what_it_remembers_of_whoever_asks_and_ones_own_are_all_of_them()
    {
        var nora = await republic.NewPersonAsync("Rememberer");
        var (one, other) = (await nora.NewMinionAsync("one"), await nora.NewMinionAsync("other"));
        await nora.Api.PostAsync("/api/memories", new { minion_id = one.Id, content = "I live in Oslo." });
        await nora.Api.PostAsync("/api/memories", new { minion_id = other.Id, content = "I play the cello." });

        var ofOne = await nora.Api.GetAsync($"/api/citizens/{one.Id}/memories");
        var all = await nora.Api.GetAsync($"/api/citizens/{nora.Id}/memories");

        Assert.Equal(["I live in Oslo."], ofOne["memories"]!.AsArray().Select(memory => Text(memory!, "content")));
        Assert.Equal(2, all["memories"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_new_minion_and_a_new_collection_begin_with_the_preferred_models()
    {
        var nora = await republic.NewPersonAsync("Preferring");
        var browser = await nora.BrowserAsync();
        Assert.DoesNotContain("my-embedder", await browser.ReadAsync("/knowledge/new"));

        await nora.Api.PutAsync(
            $"/api/citizens/{nora.Id}",
            new
            {
                llm_model = new { provider = "custom", model_id = "my-chat-model" },
                embedding_model = new { provider = "custom", model_id = "my-embedder" },
            }
        );

        Assert.Contains("my-chat-model", await browser.ReadAsync("/models/new"));
        Assert.DoesNotContain("my-chat-model", await browser.ReadAsync("/models/new?provider=local"));
        Assert.Contains("my-embedder", await browser.ReadAsync("/knowledge/new"));
    }

    [Fact]
    public async Task A_change_is_told_to_pages_that_are_open()
    {
        var minion = await jonas.NewMinionAsync("told");
        var live = republic.Services.GetService(typeof(LiveEvents)) as LiveEvents;
        var before = live!.Position(jonas.Id);

        await jonas.Api.PutAsync($"/api/citizens/{minion.Id}", new { interests = new[] { "news" } });

        Assert.NotEqual(before, live.Position(jonas.Id));
    }

    /// <summary>The entities of the domain model: User, UserCapability and CustomField.</summary>
    [Fact]
    public async Task The_json_has_every_field_of_the_domain_model()
    {
        var path = $"/api/citizens/{jonas.Id}";
        await SetAsync($"{path}/custom-fields", ("Every", "field"));
        await jonas.Api.PostAsync($"{path}/capabilities", new { name = "every field" });

        var citizen = (await jonas.Api.GetAsync(path))["citizen"]!;
        var capability = (await jonas.Api.GetAsync($"{path}/capabilities"))["capabilities"]![0]!;

        Has(
            citizen,
            "id email username first_name last_name avatar personality_traits skills interests llm_model embedding_model is_active "
                + "created_by created_at last_login_at capabilities custom_fields"
        );
        Has(
            capability,
            "id user_id name description proficiency_level confidence_score success_count failure_count feedback_sum feedback_count "
                + "task_history created_at updated_at"
        );
        Has(citizen["custom_fields"]![0]!, "id user_id field_name field_value created_at updated_at");
        Assert.Equal(("person", jonas.Id.ToString(), jonas.Email), (Text(citizen, "kind"), Text(citizen, "id"), Text(citizen, "email")));
    }

    private static void Has(JsonNode json, string fields) =>
        Assert.Empty(fields.Split(' ').Except(json.AsObject().Select(field => field.Key), StringComparer.Ordinal));

    private static IEnumerable<Guid> Ids(JsonNode list) => list["citizens"]!.AsArray().Select(citizen => citizen!["id"]!.GetValue<Guid>());

    private static string? Text(JsonNode json, string field) => (string?)json[field];

    private Task<JsonNode> SetAsync(string path, params (string Name, string Value)[] fields) => jonas.Api.PutAsync(path, Body(fields));

    private Task<JsonNode> RefusedAsync(int status, string path, params (string Name, string Value)[] fields) =>
        jonas.Api.ProblemAsync(status, HttpMethod.Put, path, Body(fields));

    private static object Body((string Name, string Value)[] fields) =>
        new { custom_fields = fields.Select(field => new { field_name = field.Name, field_value = field.Value }) };
}
