using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>What was spent, as pages and other programs see it, and what a fallback may cost.</summary>
public sealed class SpendingTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private Spender who = null!;

    public async ValueTask InitializeAsync() => who = await Spender.NewAsync(republic);

    public ValueTask DisposeAsync() => who.DisposeAsync();

    [Fact]
    public async Task Each_of_several_answers_needs_its_own_room_in_a_budget()
    {
        await who.SetAsync(0.5m);
        using var client = new OutsideClient(republic.Address, who.Minion.Key);

        var error = await client.ErrorAsync(429, "/v1/chat/completions", """{"n":8,"messages":[{"role":"user","content":"Hi"}]}""");
        Assert.Equal("insufficient_quota", (string?)error["code"]);
        Assert.Empty(who.Vendor.Requests);
        await client.AnswerAsync("""{"n":4,"messages":[{"role":"user","content":"Hi"}]}""");
        Assert.Single(who.Vendor.Requests);
    }

    [Fact]
    public async Task Usage_is_summed_up_by_day_and_group_and_downloaded()
    {
        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        await who.CallAsync();

        var usage = (await who.Person.Api.GetAsync($"/api/users/{who.Person.Id}/usage?group_by=model"))["usage"]!;
        Assert.Equal((1, Spender.Answer), (usage["total"]!["calls"]!.GetValue<int>(), usage["total"]!["cost"]!.GetValue<decimal>()));
        Assert.Equal("custom/vendor-model", usage["groups"]![0]!["name"]!.GetValue<string>());

        var days = await CsvAsync("table=days");
        Assert.Contains(",Sage,1,1,7,3,0.003", days);
        var calls = await CsvAsync("table=calls");
        Assert.Contains("custom,vendor-model,answered,", calls);
    }

    [Fact]
    public async Task What_was_worked_out_is_marked_on_the_providers_card_too()
    {
        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        var cost = (await who.CallAsync()).Cost!.Value;
        var browser = await who.Person.BrowserAsync();
        Assert.DoesNotContain($"about ${cost}", await browser.ReadAsync("/providers"));

        await republic.QueryAsync(db =>
            db.ModelCalls.Where(call => call.OwnerId == who.Person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(call => call.IsEstimate, true))
        );

        var health = (await who.Person.Api.GetAsync($"/api/users/{who.Person.Id}/providers/health"))["providers"]!.AsArray();
        Assert.Equal(1, health.Single(card => (string?)card!["provider"] == "custom")!["month_estimated_calls"]!.GetValue<int>());
        Assert.Contains($"<dd>about ${cost:0.000}", await browser.ReadAsync("/providers"));
    }

    [Fact]
    public async Task Everybodys_usage_is_for_superusers()
    {
        await who.Person.Api.ProblemAsync(403, HttpMethod.Get, $"/api/users/{who.Person.Id}/usage?everybody=true");
        await who.Person.Api.ProblemAsync(403, HttpMethod.Get, $"/api/users/{who.Person.Id}/usage?group_by=person");
        Assert.NotNull((await republic.Mira.Api.GetAsync($"/api/users/{republic.Mira.Id}/usage?everybody=true&group_by=person"))["usage"]);
    }

    [Fact]
    public async Task A_fallback_that_costs_needs_leave_where_the_first_choice_is_free()
    {
        await using var free = new FakeVendor();
        free.Refuses(HttpStatusCode.InternalServerError, "broken");
        await who.PriceAsync("free-model", 0);
        var minion = await NewAsync(free, hasLeave: false);

        using var refused = await who.AskAsync(minion);
        Assert.False(refused.IsSuccessStatusCode);
        Assert.Empty(who.Vendor.Requests);

        using var answered = await who.AskAsync(await NewAsync(free, hasLeave: true));
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task The_page_shows_the_month_and_sets_a_budget()
    {
        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        await who.CallAsync();
        await who.SetAsync(20);

        var page = await (await who.Person.BrowserAsync()).ReadAsync("/providers/spending");

        Assert.Contains("of $20.00 spent", page);
        Assert.Contains("warns at $16.00, refuses at $20.00", page);
        Assert.Contains("vendor-model", await (await who.Person.BrowserAsync()).ReadAsync("/providers/prices?search=vendor"));
    }

    [Fact]
    public async Task A_price_that_is_set_many_times_at_once_is_there_once()
    {
        var models = Enumerable.Range(0, 5).Select(number => $"contested-{number}").ToList();

        foreach (var model in models)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => who.PriceAsync(model, 5)));
        }

        var owner = who.Person.Id;
        Assert.Equal(
            models.Count,
            await republic.QueryAsync(db => db.PriceOverrides.CountAsync(p => p.OwnerId == owner && models.Contains(p.Model)))
        );
    }

    private Task<string> CsvAsync(string table) =>
        who.Person.Api.Http.GetStringAsync($"/api/users/{who.Person.Id}/usage.csv?{table}", TestContext.Current.CancellationToken);

    private Task<TestMinion> NewAsync(FakeVendor first, bool hasLeave) =>
        who.Person.NewMinionAsync(
            $"frugal{hasLeave}",
            first,
            new JsonObject
            {
                ["model_id"] = "free-model",
                ["allow_raw"] = true,
                ["fallback_consent"] = hasLeave,
                ["fallbacks"] = new JsonArray(
                    new JsonObject
                    {
                        ["provider"] = "custom",
                        ["model_id"] = "vendor-model",
                        ["base_url"] = who.Vendor.BaseUrl.ToString(),
                    }
                ),
            }
        );
}
