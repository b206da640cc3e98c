using System.Net;
using System.Text.Json.Nodes;
using Republic.Core.Providers.Prices;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>Whoever pays for a key that others use says what calls over it cost, limits them and sees them.</summary>
public sealed class SharedKeyTests(RunningRepublic republic) : IClassFixture<RunningRepublic>, IAsyncLifetime
{
    private Spender who = null!;
    private TestMinion minion = null!;
    private string key = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Inhabitant Payer => republic.Mira;

    public async ValueTask InitializeAsync()
    {
        who = await Spender.NewAsync(republic);
        var stored = await Payer.Api.PostAsync(
            $"/api/users/{Payer.Id}/providers",
            new
            {
                provider = "custom",
                label = $"House {who.Person.Id:N}",
                base_url = who.Vendor.BaseUrl,
                api_key = "sk-house-0123456789",
                is_default = true,
                is_shared = true,
            }
        );
        key = stored["provider"]!["id"]!.GetValue<string>();
        minion = await who.NewMinionAsync(
            "guest",
            new JsonObject
            {
                ["base_url"] = null,
                ["api_key"] = null,
                ["max_tokens"] = 100,
                ["model_id"] = "house-model",
            }
        );
        await Payer.Api.PostAsync(
            $"/api/users/{Payer.Id}/prices",
            new
            {
                provider = "custom",
                model = "house-model",
                input = 0,
                output = 1000,
                for_everybody = true,
            }
        );
    }

    public ValueTask DisposeAsync() => who.DisposeAsync();

    [Fact]
    public async Task Calls_over_it_cost_what_the_installation_says_whatever_the_caller_has_set()
    {
        await who.PriceAsync("house-model", 0);

        using var answer = await who.AskAsync(minion);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("0.003", answer.Headers.GetValues("x-republic-cost").Single());
        Assert.Equal("Bearer sk-house-0123456789", who.Vendor.LastRequest.Authorization);
        var call = await who.CallAsync();
        Assert.Equal((Spender.Answer, PriceSource.Installation), (call.Cost, call.PriceSource));
    }

    [Fact]
    public async Task Its_owners_budget_holds_and_tells_the_caller_nothing_of_itself()
    {
        await who.PriceAsync("house-model", 0);
        var made = await Payer.Api.PostAsync(
            $"/api/users/{Payer.Id}/budgets",
            new
            {
                scope = "key",
                subject = key,
                monthly_usd = 0.05,
            }
        );

        using var answer = await who.AskAsync(minion);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var said = await who.RefusalAsync(minion);
        Assert.Contains("The owner of the shared key has set a limit for it, which has no room", said);
        Assert.Contains("Ask a superuser", said);
        Assert.DoesNotContain("0.05", said);
        Assert.DoesNotContain("shared key", await answer.Content.ReadAsStringAsync(Ct));
        Assert.Empty(who.Vendor.Requests);
        await Payer.Api.DeleteAsync($"/api/users/{Payer.Id}/budgets/{made["budget"]!["id"]}");
    }

    [Fact]
    public async Task Its_owner_sees_what_others_did_and_they_see_whose_key_it_was()
    {
        using var answer = await who.AskAsync(minion);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await who.CallAsync();

        var health = (await Payer.Api.GetAsync($"/api/users/{Payer.Id}/providers/health"))["providers"]!
            .AsArray()
            .Single(card => (string?)card!["provider"] == "custom")!;
        Assert.InRange(health["month_calls_of_others"]!.GetValue<int>(), 1, int.MaxValue);
        Assert.InRange(health["month_cost_of_others"]!.GetValue<decimal>(), Spender.Answer, 1);
        var mine = health["keys"]!.AsArray().Single(one => (string?)one!["id"] == key)!;
        Assert.NotNull(mine["last_used_at"]);
        Assert.Contains("Of that, by others", await (await Payer.BrowserAsync()).ReadAsync("/providers"));

        var page = WebUtility.HtmlDecode(await (await who.Person.BrowserAsync()).ReadAsync("/providers"));
        Assert.Contains("The installation’s key is used.", page);
    }

    [Fact]
    public async Task It_serves_people_without_one_of_their_own_and_is_seen_by_nobody()
    {
        const string work = "sk-work-key-0123456789";
        await using var own = new FakeVendor();
        // Those of the tests before would serve them too.
        foreach (var old in (await Payer.Api.GetAsync($"/api/users/{Payer.Id}/providers"))["providers"]!.AsArray())
        {
            if ((string)old!["id"]! != key)
            {
                await Payer.Api.DeleteAsync($"/api/users/{Payer.Id}/providers/{old["id"]}");
            }
        }

        var keys = $"/api/users/{who.Person.Id}/providers";
        using (var answer = await who.AskAsync(minion))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal("Bearer sk-house-0123456789", who.Vendor.LastRequest.Authorization);
        Assert.Empty((await who.Person.Api.GetAsync(keys))["providers"]!.AsArray());
        var chat = await Chat.BeginAsync(who.Person, minion.Id);
        var attempt = (await chat.AskAsync("Hello"))["route"]!["hops"]![0]!;
        Assert.Equal("shared", (string?)attempt["key"]);
        who.Vendor.Refuses(HttpStatusCode.Unauthorized, "Bad key");
        var error = (string)(await chat.AskAsync("Hello again"))["error"]!;
        Assert.Contains("Tell a superuser", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Check the key", error, StringComparison.Ordinal);
        who.Vendor.Answers("Hello");

        await who.Person.Api.PostAsync(
            keys,
            new
            {
                provider = "custom",
                label = "Work",
                base_url = own.BaseUrl,
                api_key = work,
            }
        );
        using (await who.AskAsync(minion))
        {
            Assert.Equal($"Bearer {work}", own.LastRequest.Authorization);
        }

        await Payer.Api.PutAsync($"/api/users/{Payer.Id}/providers/{key}", new { is_shared = false });
        await who.Person.Api.DeleteAsync($"{keys}/custom");
        using var refused = await who.AskAsync(minion);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task What_a_server_of_ones_own_says_it_charged_is_no_price_where_there_is_one()
    {
        who.Vendor.AnswersJson(
            """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hi"}}],"usage":{"prompt_tokens":7,"completion_tokens":3,"cost":0.5}}"""
        );
        await who.SetAsync(20);

        using var answer = await who.AskAsync();

        Assert.Equal("0.003", answer.Headers.GetValues("x-republic-cost").Single());
        await Until.TrueAsync(async () => await who.SpentAsync() == Spender.Answer);
        Assert.Equal(Spender.Answer, (await who.CallAsync()).Cost);
    }

    [Theory]
    [InlineData("""{"scope": "banana", "monthly_usd": 1}""", "scope", "person, provider, minion or key")]
    [InlineData("""{"monthly_usd": 1e30}""", "monthly_usd", "too large")]
    public async Task What_a_budget_cannot_be_is_named_with_what_it_can(string body, string field, string told)
    {
        var problem = await who.Person.Api.ProblemAsync(400, HttpMethod.Post, who.Budgets, JsonNode.Parse(body));

        Assert.Contains(told, problem["errors"]![field]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task A_day_that_is_none_is_named()
    {
        var problem = await who.Person.Api.ProblemAsync(400, HttpMethod.Get, $"/api/users/{who.Person.Id}/usage?from=2026-13-01");

        Assert.Contains("from is a day like", problem["errors"]!["from"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Prices_come_in_pages()
    {
        var address = $"/api/users/{who.Person.Id}/prices?limit=10";
        var first = await who.Person.Api.GetAsync(address);
        var second = await who.Person.Api.GetAsync($"{address}&cursor={first["next_cursor"]!.GetValue<string>()}");

        Assert.Equal((10, 10), (first["prices"]!.AsArray().Count, second["prices"]!.AsArray().Count));
        Assert.Empty(Names(first).Intersect(Names(second)));
        Assert.All(
            Names(await who.Person.Api.GetAsync($"/api/users/{who.Person.Id}/prices?q=haiku")),
            name => Assert.Contains("haiku", name)
        );
    }

    private static IEnumerable<string> Names(JsonNode page) =>
        page["prices"]!.AsArray().Select(price => $"{price!["provider"]}/{price["model"]}");
}
