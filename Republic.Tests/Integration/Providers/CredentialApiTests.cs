using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>Keys that a person stores for a provider.</summary>
public sealed class CredentialApiTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Secret = "nvapi-SUPERSECRET-abcdef-Cy-Yw";

    [Fact]
    public async Task A_key_goes_in_and_never_comes_out()
    {
        var (person, keys) = await NewAsync("Silent");
        string[] seen =
        [
            (await person.Api.PostAsync(keys, new { provider = "nvidia", api_key = Secret })).ToJsonString(),
            (await person.Api.GetAsync(keys)).ToJsonString(),
            (await person.Api.GetAsync($"{keys}/nvidia")).ToJsonString(),
            (await person.Api.PutAsync($"{keys}/nvidia", new { api_key = Secret, label = "Work" })).ToJsonString(),
            (
                await person.Api.ProblemAsync(
                    400,
                    HttpMethod.Post,
                    keys,
                    new
                    {
                        provider = "nobody",
                        api_key = Secret,
                        label = 1,
                    }
                )
            ).ToJsonString(),
            string.Join('\n', republic.Log),
        ];

        Assert.All(seen, text => Assert.DoesNotContain("SUPERSECRET", text));
        var stored = (await person.Api.GetAsync($"{keys}/nvidia"))["provider"]!;
        Assert.Equal(
            ("nvidia", "NVIDIA", "Work", true, "…Cy-Yw", true),
            (
                (string?)stored["provider"],
                (string?)stored["display_name"],
                (string?)stored["label"],
                (bool)stored["api_key_set"]!,
                (string?)stored["api_key_hint"],
                (bool)stored["is_default"]!
            )
        );
        var row = await republic.QueryAsync(db => db.Credentials.AsNoTracking().SingleAsync(c => c.OwnerId == person.Id));
        Assert.DoesNotContain("SUPERSECRET", System.Text.Encoding.UTF8.GetString(row.SealedKey!));
    }

    [Fact]
    public async Task There_is_always_one_default_for_a_provider()
    {
        var (person, keys) = await NewAsync("Orderly");
        var first = await AddAsync(person, keys, "first");
        var second = await AddAsync(person, keys, "second");
        Assert.Equal([("first", true), ("second", false)], await DefaultsAsync(person, keys));

        await person.Api.ProblemAsync(400, HttpMethod.Put, $"{keys}/{first}", new { is_default = false });
        await person.Api.PutAsync($"{keys}/{second}", new { is_default = true });
        Assert.Equal([("first", false), ("second", true)], await DefaultsAsync(person, keys));

        await person.Api.DeleteAsync($"{keys}/{second}");
        Assert.Equal([("first", true)], await DefaultsAsync(person, keys));
    }

    [Fact]
    public async Task Many_keys_made_the_default_at_once_leave_one()
    {
        var (person, keys) = await NewAsync("Hasty");
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await AddAsync(person, keys, $"key {i}"));
        }

        await Task.WhenAll(ids.Select(id => person.Api.PutAsync($"{keys}/{id}", new { is_default = true })));

        Assert.Single(await DefaultsAsync(person, keys), key => key.IsDefault);
    }

    [Fact]
    public async Task The_id_of_anothers_key_is_as_good_for_a_form_as_any_other()
    {
        var ((hers, theirs), (mine, own)) = (await NewAsync("Keeper"), await NewAsync("Guesser"));
        var taken = await AddAsync(hers, theirs, "hers");
        var form = new Dictionary<string, string> { ["Input.ApiKey"] = Secret, ["Input.Request"] = taken };
        const string Page = "/providers/keys/new?provider=nvidia";

        for (var sent = 0; sent < 2; sent++)
        {
            using var answer = await (await mine.BrowserAsync()).SubmitAsync(Page, form, Page);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }

        var key = Assert.Single((await mine.Api.GetAsync(own))["providers"]!.AsArray());
        Assert.NotEqual(taken, (string?)key!["id"]);
    }

    [Fact]
    public async Task A_key_stays_with_its_address_and_its_provider()
    {
        var (person, keys) = await NewAsync("Settled");
        await person.Api.PostAsync(keys, new { provider = "openai", api_key = Secret });

        var moved = await person.Api.ProblemAsync(400, HttpMethod.Put, $"{keys}/openai", new { base_url = "https://1.1.1.1/v1" });
        var turned = await person.Api.ProblemAsync(400, HttpMethod.Put, $"{keys}/openai", new { provider = "nvidia" });

        Assert.Equal(["api_key"], Fields(moved));
        Assert.Equal(["provider"], Fields(turned));
        var entered = await person.Api.PutAsync($"{keys}/openai", new { base_url = "https://1.1.1.1/v1", api_key = "sk-other-0123456789" });
        Assert.Equal("…56789", (string?)entered["provider"]!["api_key_hint"]);
        var renamed = await person.Api.PutAsync($"{keys}/openai", new { label = "Proxy" });
        Assert.True((bool)renamed["provider"]!["api_key_set"]!);
    }

    [Theory]
    [InlineData("""{"api_key": "sk-0123456789ab"}""", "provider")]
    [InlineData("""{"provider": "local"}""", "provider")]
    [InlineData("""{"provider": "nvidia"}""", "api_key")]
    [InlineData("""{"provider": "nvidia", "api_key": "two words"}""", "api_key")]
    [InlineData("""{"provider": "custom"}""", "base_url")]
    [InlineData("""{"provider": "custom", "base_url": "http://169.254.169.254/v1"}""", "base_url")]
    [InlineData("""{"provider": "nvidia", "api_key": "sk-0123456789ab", "is_shared": true}""", "is_shared")]
    [InlineData("""{"provider": "nvidia", "api_key": "sk-0123456789ab", "shares_load": "yes"}""", "shares_load")]
    public async Task What_is_wrong_is_said_at_its_field(string body, string field)
    {
        var problem = await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Post, Keys(republic.Jonas), JsonNode.Parse(body));

        Assert.Equal([field], Fields(problem));
    }

    [Fact]
    public async Task Two_keys_of_a_provider_have_two_names()
    {
        var (person, keys) = await NewAsync("Namer");
        await AddAsync(person, keys, "Work");

        var problem = await person.Api.ProblemAsync(
            409,
            HttpMethod.Post,
            keys,
            new
            {
                provider = "nvidia",
                label = "Work",
                api_key = Secret,
            }
        );

        Assert.Equal(["label"], Fields(problem));
        var unnamed = await person.Api.PostAsync(keys, new { provider = "nvidia", api_key = Secret });
        Assert.Equal("Main", (string?)unnamed["provider"]!["label"]);
    }

    [Fact]
    public async Task A_list_goes_on_where_its_cursor_says()
    {
        var (person, keys) = await NewAsync("Lister");
        await AddAsync(person, keys, "a");
        await AddAsync(person, keys, "b");
        await AddAsync(person, keys, "c");

        var first = await person.Api.GetAsync($"{keys}?limit=2");
        var rest = await person.Api.GetAsync($"{keys}?limit=2&cursor={first["next_cursor"]}");

        Assert.Equal(["a", "b"], Labels(first));
        Assert.Equal(["c"], Labels(rest));
        Assert.Null(rest["next_cursor"]);
        await person.Api.ProblemAsync(400, HttpMethod.Get, $"{keys}?cursor=made-up");
    }

    [Fact]
    public async Task A_key_is_tested_before_it_is_saved_and_after()
    {
        await using var vendor = new FakeVendor();
        var (person, keys) = await NewAsync("Careful");
        var server = new
        {
            provider = "custom",
            base_url = vendor.BaseUrl,
            api_key = FakeVendor.Key,
        };

        var before = await person.Api.PostAsync($"{keys}/test", server);
        Assert.True((bool)before["ok"]!);
        Assert.Empty((await person.Api.GetAsync(keys))["providers"]!.AsArray());

        await person.Api.PostAsync(keys, server);
        var after = await person.Api.PostAsync($"{keys}/custom/test");
        Assert.True((bool)after["ok"]!);
        // The provider has no default model: its list is asked for one.
        Assert.Equal("vendor-model", (string?)vendor.LastRequest.Body!["model"]);
        Assert.All(vendor.Requests, request => Assert.Equal($"Bearer {FakeVendor.Key}", request.Authorization));

        vendor.Refuses(System.Net.HttpStatusCode.Unauthorized, "no such key");
        var refused = await person.Api.PostAsync($"{keys}/custom/test");
        Assert.False((bool)refused["ok"]!);
        Assert.Contains("no such key", (string?)refused["error"]);
    }

    [Fact]
    public async Task Anothers_keys_do_not_exist()
    {
        var (ada, hers) = await NewAsync("Owner");
        var id = await AddAsync(ada, hers, "hers");
        var (_, his) = await NewAsync("Stranger");
        var stranger = await republic.NewPersonAsync("Stranger2");

        await stranger.Api.ProblemAsync(403, HttpMethod.Get, hers);
        await stranger.Api.ProblemAsync(403, HttpMethod.Get, his);
        foreach (
            var (verb, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Put, ""), (HttpMethod.Delete, ""), (HttpMethod.Post, "/test") }
        )
        {
            await stranger.Api.ProblemAsync(
                404,
                verb,
                $"{Keys(stranger)}/{id}{path}",
                verb == HttpMethod.Put ? new { label = "mine" } : null
            );
        }

        Assert.Equal([("hers", true)], await DefaultsAsync(ada, hers));
    }

    private static string Keys(Inhabitant person) => $"/api/users/{person.Id}/providers";

    private async Task<(Inhabitant Person, string Keys)> NewAsync(string name)
    {
        var person = await republic.NewPersonAsync(name);
        return (person, Keys(person));
    }

    private static async Task<string> AddAsync(Inhabitant person, string keys, string label)
    {
        var made = await person.Api.PostAsync(
            keys,
            new
            {
                provider = "nvidia",
                label,
                api_key = Secret,
            }
        );
        return (string)made["provider"]!["id"]!;
    }

    private static async Task<(string Label, bool IsDefault)[]> DefaultsAsync(Inhabitant person, string keys) =>
        [.. (await person.Api.GetAsync(keys))["providers"]!.AsArray().Select(key => ((string)key!["label"]!, (bool)key["is_default"]!))];

    private static IEnumerable<string?> Labels(JsonNode page) => page["providers"]!.AsArray().Select(key => (string?)key!["label"]);

    private static IEnumerable<string> Fields(JsonNode problem) => problem["errors"]!.AsObject().Select(error => error.Key);
}
