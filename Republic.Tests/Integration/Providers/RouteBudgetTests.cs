using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>A dry run knows the budgets that the call would meet, and takes nothing of them; <see cref="Spender"/> says what things cost.</summary>
[Collection(nameof(IdleNode))]
public sealed class RouteBudgetTests(IdleRepublic republic) : IAsyncLifetime
{
    private Spender who = null!;

    public async ValueTask InitializeAsync() => who = await Spender.NewAsync(republic);

    public ValueTask DisposeAsync() => who.DisposeAsync();

    [Fact]
    public async Task An_attempt_says_the_most_that_it_can_cost()
    {
        var attempt = (await RouteAsync(who.Minion))["hops"]![0]!;

        Assert.Equal((1, 0.1m, 100), (Int(attempt, "turn"), attempt["max_cost"]!.GetValue<decimal>(), Int(attempt, "max_answer_tokens")));
        var page = await (await who.Person.BrowserAsync()).ReadAsync($"/models/{who.Minion.Id}/route");
        Assert.Contains("Costs at most $0.10, with an answer of 100 tokens", page);
    }

    [Fact]
    public async Task A_price_that_nobody_knows_is_not_nothing()
    {
        var riddle = await who.NewMinionAsync("riddle", new JsonObject { ["model_id"] = "riddle-1" });

        Assert.Null((await RouteAsync(riddle))["hops"]![0]!["max_cost"]);
        var page = await (await who.Person.BrowserAsync()).ReadAsync($"/models/{riddle.Id}/route");
        Assert.Contains("Nobody has set a price for it", page);
    }

    [Fact]
    public async Task Who_is_over_budget_is_passed_over_with_the_words_of_the_call()
    {
        await who.SetAsync(0.05m);

        var route = await RouteAsync(who.Minion);
        var error = await who.RefusalAsync();

        Assert.Null(route["chosen"]);
        Assert.Equal(error, route["hops"]![0]!["reason"]!.GetValue<string>());
        Assert.Contains("may cost up to $0.10", error);
    }

    [Fact]
    public async Task Until_the_budget_is_used_up_the_dry_run_foretells_every_call()
    {
        await who.SetAsync(0.11m);
        List<bool> said = [];
        List<bool> done = [];
        for (var call = 0; call < 6; call++)
        {
            said.Add((await RouteAsync(who.Minion))["chosen"] is not null);
            done.Add(await who.StatusAsync() == HttpStatusCode.OK);
        }

        Assert.Equal([true, true, true, true, false, false], done);
        Assert.Equal(done, said);
    }

    [Fact]
    public async Task Looking_sets_nothing_aside()
    {
        var id = Guid.Parse(await who.SetAsync(0.11m));
        for (var look = 0; look < 5; look++)
        {
            Assert.NotNull((await RouteAsync(who.Minion))["chosen"]);
        }

        Assert.Equal(0, await republic.QueryAsync(db => db.BudgetLeases.CountAsync(lease => lease.BudgetId == id)));
        var budget = await who.BudgetAsync();
        Assert.Equal((0m, 0m), (budget["spent_usd"]!.GetValue<decimal>(), budget["reserved_usd"]!.GetValue<decimal>()));
        Assert.Empty(who.Vendor.Requests);
    }

    [Fact]
    public async Task Who_asks_too_fast_is_told_so_and_looking_is_no_request()
    {
        await who.Person.Api.PostAsync(
            who.Budgets,
            new
            {
                scope = "minion",
                subject = who.Minion.Id,
                requests_per_minute = 2,
            }
        );
        for (var look = 0; look < 5; look++)
        {
            Assert.NotNull((await RouteAsync(who.Minion))["chosen"]);
        }

        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());

        var route = await RouteAsync(who.Minion);
        Assert.Null(route["chosen"]);
        Assert.Contains("allows 2 requests a minute", route["hops"]![0]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Where_the_first_is_too_dear_the_fallback_would_be_asked()
    {
        await who.PriceAsync("cheap-model", 1);
        var both = await who.NewMinionAsync(
            "both",
            new JsonObject
            {
                ["max_tokens"] = 100,
                ["fallbacks"] = new JsonArray(
                    new JsonObject
                    {
                        ["provider"] = "custom",
                        ["model_id"] = "cheap-model",
                        ["base_url"] = who.Vendor.BaseUrl.ToString(),
                    }
                ),
            }
        );
        await who.SetAsync(0.05m);

        var route = await RouteAsync(both);

        Assert.Equal("cheap-model", route["chosen"]!["model"]!.GetValue<string>());
        Assert.Contains("does not have room for this call", route["hops"]![0]!["reason"]!.GetValue<string>());
        Assert.Equal(0.0001m, route["hops"]![1]!["max_cost"]!.GetValue<decimal>());
    }

    private async Task<JsonNode> RouteAsync(TestMinion minion) =>
        (await who.Person.Api.PostAsync($"/api/minions/{minion.Id}/route", new { prompt = "Hi" }))["route"]!;

    private static int? Int(JsonNode node, string name) => node[name]?.GetValue<int>();
}
