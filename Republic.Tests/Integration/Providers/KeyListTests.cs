using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>Several keys of one provider: each with its own list, its own users, and prices that calls are counted with.</summary>
public sealed class KeyListTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private readonly FakeVendor first = new() { ModelList = """{"id":"shared","pricing":{"input":1,"output":2}},{"id":"of-first"}""" };
    private readonly FakeVendor second = new() { ModelList = """{"id":"shared"},{"id":"of-second","shutdown_date":"2027-01-14"}""" };
    private Inhabitant person = null!;

    private string Keys => $"/api/users/{person.Id}/providers";

    public async ValueTask InitializeAsync() => person = await republic.NewPersonAsync($"K{Guid.CreateVersion7():N}");

    [Fact]
    public async Task Each_key_shows_its_list_and_who_is_asked_with_it()
    {
        var one = await StoreAsync(first, "One");
        var two = await StoreAsync(second, "Two");
        var usual = await MinionAsync("usual", "shared", null);
        await MinionAsync("named", "shared", two);
        await RefreshAsync();

        var page = await person.Api.GetAsync($"{Keys}/custom/models");
        var lists = page["lists"]!.AsArray().ToDictionary(list => (string)list!["label"]!, list => (string)list!["id"]!);
        Assert.Equal(["One", "Two"], lists.Keys.Order());
        Assert.Equal(4, page["models"]!.AsArray().Count);

        var ofOne = (await person.Api.GetAsync($"{Keys}/custom/models?list={lists["One"]}"))["models"]!.AsArray();
        Assert.Equal(["shared", "of-first"], ofOne.Select(model => (string)model!["id"]!));
        Assert.Equal("Usual", (string?)Assert.Single(ofOne[0]!["used_by"]!.AsArray())!["display_name"]);
        var ofTwo = (await person.Api.GetAsync($"{Keys}/custom/models?list={lists["Two"]}"))["models"]!.AsArray();
        Assert.Equal("Named", (string?)Assert.Single(ofTwo[0]!["used_by"]!.AsArray())!["display_name"]);
        await person.Api.ProblemAsync(404, HttpMethod.Get, $"{Keys}/custom/models?list={Guid.CreateVersion7()}");

        var browser = await person.BrowserAsync();
        var shown = await browser.ReadAsync($"/providers/custom?list={lists["Two"]}");
        Assert.Contains("of-second", shown);
        Assert.DoesNotContain("of-first", shown);
        Assert.Contains("4, <time ", await browser.ReadAsync("/providers"));
        Assert.Contains(first.BaseUrl.ToString().TrimEnd('/'), await browser.ReadAsync($"/models/{usual.Id}"));
        Assert.NotEqual(one, two);
    }

    [Fact]
    public async Task A_price_is_the_one_that_calls_are_counted_with_and_says_where_it_comes_from()
    {
        await StoreAsync(first, "One");
        await RefreshAsync();
        Assert.Equal((1m, "listed"), await CountedAsync("shared"));
        Assert.Null((await ModelAsync("of-first"))["counted"]);

        await person.Api.PostAsync(
            $"/api/users/{person.Id}/prices",
            new
            {
                provider = "custom",
                model = "shared",
                input = 7,
                output = 8,
            }
        );

        Assert.Equal((7m, "own"), await CountedAsync("shared"));
        Assert.Equal(1m, (decimal)(await ModelAsync("shared"))["price"]!["input"]!);
        Assert.Contains("$7", await (await person.BrowserAsync()).ReadAsync("/providers/custom"));
    }

    [Fact]
    public async Task A_model_ends_where_its_stored_key_says_so_and_nobody_has_looked_before_anybody_has()
    {
        var two = await StoreAsync(second, "Two");
        var minion = await MinionAsync("ends", "of-second", two);
        Assert.Null(await FieldAsync(minion, "last_sync_timestamp"));
        Assert.Null(await FieldAsync(minion, "ends_on"));
        await RefreshAsync();

        Assert.NotNull(await FieldAsync(minion, "last_sync_timestamp"));
        Assert.Equal("2027-01-14", await FieldAsync(minion, "ends_on"));
        var browser = await person.BrowserAsync();
        Assert.Contains("on 14 Jan 2027", await browser.ReadAsync("/models"));
        Assert.Contains($"/models/{minion.Id}/replace", await browser.ReadAsync($"/models/{minion.Id}/edit"));
        await person.Api.PutAsync($"/api/minions/{minion.Id}", new { model_id = "shared" });
        Assert.Null(await FieldAsync(minion, "last_sync_timestamp"));
    }

    [Fact]
    public async Task A_scenario_with_a_role_that_names_a_model_stands_at_it_and_is_warned_of_its_end()
    {
        await StoreAsync(second, "Two");
        await RefreshAsync();
        var scenario = await WrittenScenario.MakeAsync(person);
        await scenario.ChangeRoleAsync("reviewer", new { model = "custom/of-second" });
        await (await WrittenScenario.MakeAsync(person)).ChangeRoleAsync("reviewer", new { model = "openai/of-second" });

        Assert.Equal(scenario.Id, (string?)Assert.Single((await ModelAsync("of-second"))["named_by"]!.AsArray())!["id"]);
        Assert.Contains($"/scenarios/{scenario.Id}/edit", await (await person.BrowserAsync()).ReadAsync("/providers/custom"));
        var problem = Assert.Single((await person.Api.PostAsync($"{scenario.Path}/check"))["problems"]!.AsArray())!;
        Assert.Equal(("warning", "roles.reviewer.model"), ((string?)problem["severity"], (string?)problem["path"]));
        Assert.Matches("on 14 Jan 2027.*Name another one.$", (string)problem["message"]!);
    }

    [Fact]
    public async Task What_is_tried_before_it_is_stored_says_nothing_of_the_keys_that_are()
    {
        await StoreAsync(first, "One");
        await MinionAsync("steady", "shared", null);
        second.Refuses(System.Net.HttpStatusCode.Unauthorized, "Wrong key");
        for (var i = 0; i < 6; i++)
        {
            var draft = new
            {
                provider = "custom",
                base_url = second.BaseUrl,
                api_key = "sk-mistyped-0123456789",
            };
            Assert.False((bool)(await person.Api.PostAsync($"{Keys}/test?model=shared", draft))["ok"]!);
        }

        await person.Api.PostAsync($"{Keys}/custom/test?model=shared");

        var health = Assert.Single((await person.Api.GetAsync($"{Keys}/health"))["providers"]!.AsArray())!;
        await Until.TrueAsync(async () => await HealthAsync() == ("healthy", 1));
        Assert.NotNull(health);
    }

    [Fact]
    public async Task A_server_that_lists_nothing_is_a_test_that_failed_with_and_without_a_model()
    {
        var away = new { provider = "custom", base_url = "http://nowhere.invalid/v1" };

        var without = await person.Api.PostAsync($"{Keys}/test", away);
        var with = await person.Api.PostAsync($"{Keys}/test?model=abc", away);

        Assert.False((bool)without["ok"]!);
        Assert.False((bool)with["ok"]!);
        Assert.False(string.IsNullOrEmpty((string?)without["error"]));
    }

    [Fact]
    public async Task An_address_keeps_its_query_and_a_fragment_is_refused()
    {
        var address = $"{first.BaseUrl.ToString().TrimEnd('/')}?api-version=2026-11-01";
        var problem = await person.Api.ProblemAsync(400, HttpMethod.Post, Keys, new { provider = "custom", base_url = address + "#here" });
        Assert.Contains("#here", (string?)problem["errors"]!["base_url"]![0]);

        var test = await person.Api.PostAsync($"{Keys}/test?model=shared", new { provider = "custom", base_url = address });

        Assert.True((bool)test["ok"]!, test.ToJsonString());
        Assert.EndsWith("/chat/completions?api-version=2026-11-01", first.LastRequest.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    private async Task<string> StoreAsync(FakeVendor vendor, string label) =>
        (string)
            (
                await person.Api.PostAsync(
                    Keys,
                    new
                    {
                        provider = "custom",
                        label,
                        base_url = vendor.BaseUrl,
                        api_key = FakeVendor.Key,
                    }
                )
            )["provider"]!["id"]!;

    private Task<TestMinion> MinionAsync(string name, string model, string? key) =>
        person.NewMinionAsync(
            name,
            more: new JsonObject
            {
                ["provider"] = "custom",
                ["model_id"] = model,
                ["credential_id"] = key,
            }
        );

    private Task<JsonNode> RefreshAsync() => person.Api.PostAsync($"{Keys}/custom/models/refresh", new { });

    private async Task<JsonNode> ModelAsync(string id) =>
        (await person.Api.GetAsync($"{Keys}/custom/models"))["models"]!.AsArray().Single(model => (string?)model!["id"] == id)!;

    private async Task<(decimal, string)> CountedAsync(string id)
    {
        var counted = (await ModelAsync(id))["counted"]!;
        return ((decimal)counted["input"]!, (string)counted["source"]!);
    }

    private async Task<(string, int)> HealthAsync()
    {
        var card = (await person.Api.GetAsync($"{Keys}/health"))["providers"]![0]!;
        return ((string)card["state"]!, (int)card["judged_calls"]!);
    }

    private async Task<string?> FieldAsync(TestMinion minion, string field) =>
        (string?)(await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]![field];
}
