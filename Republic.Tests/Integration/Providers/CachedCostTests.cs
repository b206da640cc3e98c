using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Providers.Calls;
using Republic.Core.Providers.Routing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>What an answer from memory costs, and how it is counted.</summary>
public sealed class CachedCostTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private Spender who = null!;
    private TestMinion minion = null!;

    public async ValueTask InitializeAsync()
    {
        who = await Spender.NewAsync(republic);
        minion = await who.NewMinionAsync("mindful", new JsonObject { ["max_tokens"] = 100, ["cache_minutes"] = 60 });
    }

    public ValueTask DisposeAsync() => who.DisposeAsync();

    [Fact]
    public async Task It_is_counted_as_an_answer_that_cost_nothing_and_asked_no_provider()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());

        var calls = await CallsAsync(2);
        Assert.Equal(
            [(RouteOutcome.Answered, (decimal?)Spender.Answer, (long?)3), (RouteOutcome.Cached, 0m, 0)],
            calls.Select(call => (call.Outcome, call.Cost, call.OutputTokens))
        );
        Assert.Equal(
            ("custom", "vendor-model", minion.Id, (Guid?)null),
            (calls[1].Provider, calls[1].Model, calls[1].MinionId!.Value, calls[1].KeyId)
        );
        Assert.False(calls[1].LeftMachine);
        var total = (await who.Person.Api.GetAsync($"/api/users/{who.Person.Id}/usage"))["usage"]!["total"]!;
        Assert.Equal(
            (1, 1, Spender.Answer, 3),
            (
                total["calls"]!.GetValue<int>(),
                total["answered"]!.GetValue<int>(),
                total["cost"]!.GetValue<decimal>(),
                total["output_tokens"]!.GetValue<int>()
            )
        );
        var health = (await who.Person.Api.GetAsync($"/api/users/{who.Person.Id}/providers/health"))["providers"]!.AsArray();
        Assert.Equal(1, health.Single(card => (string?)card!["provider"] == "custom")!["calls"]!.GetValue<int>());
        await Until.TrueAsync(async () =>
            (await who.Person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["total_queries"]!.GetValue<int>() == 2
        );
    }

    [Fact]
    public async Task It_is_given_where_no_budget_is_left_and_sets_nothing_aside()
    {
        await who.SetAsync(0.10m);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());

        Assert.Equal(HttpStatusCode.TooManyRequests, (await who.AskAsync(who.Minion)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        Assert.Equal(Spender.Answer, await who.SpentAsync());
        Assert.Single(who.Vendor.Requests);
    }

    [Fact]
    public async Task It_counts_against_the_requests_of_a_minute()
    {
        await who.Person.Api.PostAsync(
            who.Budgets,
            new
            {
                scope = "minion",
                subject = minion.Id,
                requests_per_minute = 2,
            }
        );

        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        using var third = await who.AskAsync(minion);

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.NotNull(third.Headers.RetryAfter);
        Assert.Single(who.Vendor.Requests);
    }

    [Fact]
    public async Task It_is_given_while_its_provider_is_down()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        who.Vendor.Refuses(HttpStatusCode.InternalServerError, "down");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
    }

    private async Task<HttpStatusCode> StatusAsync()
    {
        using var answer = await who.AskAsync(minion);
        return answer.StatusCode;
    }

    private Task<List<ModelCall>> CallsAsync(int count) =>
        Until.SomethingAsync(async () =>
            await republic.QueryAsync(db => db.ModelCalls.Where(c => c.OwnerId == who.Person.Id).OrderBy(c => c.StartedAt).ToListAsync())
                is var calls
            && calls.Count == count
                ? calls
                : null
        );
}
