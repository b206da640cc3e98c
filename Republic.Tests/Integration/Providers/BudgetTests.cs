using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>What is set aside, spent and refused; <see cref="Spender"/> says what things cost here.</summary>
[Collection(nameof(IdleNode))]
public sealed class BudgetTests(IdleRepublic republic, TestDatabases databases) : IAsyncLifetime
{
    private Spender who = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => who = await Spender.NewAsync(republic);

    public ValueTask DisposeAsync() => who.DisposeAsync();

    [Fact]
    public async Task A_call_is_billed_and_says_what_it_cost()
    {
        using var answer = await who.AskAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("0.003", answer.Headers.GetValues("x-republic-cost").Single());
        var call = await who.CallAsync();
        Assert.Equal((Spender.Answer, "Own", false), (call.Cost, call.PriceSource?.ToString(), call.IsEstimate));
    }

    [Fact]
    public async Task A_stream_says_what_it_cost_at_its_end()
    {
        using var answer = await who.AskAsync(stream: true);

        Assert.EndsWith(": x-republic-cost 0.003\n\ndata: [DONE]\n\n", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Without_room_a_call_is_refused_before_it_is_made()
    {
        await who.SetAsync(0.05m);

        using var answer = await who.AskAsync();
        var error = (await answer.Content.ReadFromJsonAsync<JsonNode>(Ct))!["error"]!;

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("insufficient_quota", error["code"]!.GetValue<string>());
        Assert.Contains("may cost up to $0.10", await who.RefusalAsync());
        // What somebody spends is not for whoever holds a key of their minion.
        Assert.DoesNotContain("$", error["message"]!.GetValue<string>());
        Assert.Equal("false", answer.Headers.GetValues("x-should-retry").Single());
        Assert.Empty(who.Vendor.Requests);
    }

    [Fact]
    public async Task Two_hundred_calls_at_once_never_spend_more_than_the_budget()
    {
        await who.SetAsync(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => who.StatusAsync()));

        Assert.All(answers, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, $"{status}"));
        Assert.Contains(HttpStatusCode.OK, answers);
        await AssertSpentAsync(answers.Count(status => status == HttpStatusCode.OK) * Spender.Answer, 1);
    }

    [Fact]
    public async Task Two_nodes_share_one_budget()
    {
        await who.SetAsync(0.5m);
        await using var second = new SecondNode(databases, republic, IdleRepublic.MasterKey);
        await second.InitializeAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 400).Select(n => who.StatusAsync(n % 2 == 0 ? republic.Address : second.Address))
        );

        Assert.Contains(HttpStatusCode.OK, answers);
        await AssertSpentAsync(answers.Count(status => status == HttpStatusCode.OK) * Spender.Answer, 0.5m);
    }

    [Fact]
    public async Task What_a_call_did_not_cost_is_free_again()
    {
        await who.SetAsync(0.11m);

        // $0.10 is set aside and $0.003 spent, so a second and a third fit and the fourth, at $0.009 spent, as well; a fifth does not.
        for (var call = 0; call < 4; call++)
        {
            Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await who.StatusAsync());
    }

    [Fact]
    public async Task What_nobody_counted_stays_set_aside_and_is_marked()
    {
        await who.SetAsync(1);
        var hand = who.Vendor.AnswersByHand();
        using (var leaving = new CancellationTokenSource())
        {
            var answering = who.AskAsync(stream: true, until: leaving.Token);
            hand.Says("Hel");
            using var answer = await answering;
            await leaving.CancelAsync();
        }

        await Until.TrueAsync(async () => await who.SpentAsync() == 0.1m);
        var call = await who.CallAsync();
        Assert.Equal((0.1m, true, "Cancelled"), (call.Cost, call.IsEstimate, call.Outcome.ToString()));
    }

    [Fact]
    public async Task A_model_without_a_price_is_refused_unless_the_budget_allows_it()
    {
        var unknown = await who.NewMinionAsync("riddle", new JsonObject { ["model_id"] = "riddle-1" });
        var id = await who.SetAsync(1);

        using var refused = await who.AskAsync(unknown);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("nobody has set a price for riddle-1", await who.RefusalAsync(unknown));

        await who.Person.Api.PutAsync($"{who.Budgets}/{id}", new { monthly_usd = 1, allow_unknown = true });
        using var allowed = await who.AskAsync(unknown);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal("unknown", allowed.Headers.GetValues("x-republic-cost").Single());
    }

    [Fact]
    public async Task Where_one_candidate_is_too_dear_the_next_is_asked()
    {
        await using var cheap = new FakeVendor();
        cheap.Answers("Cheap");
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
                        ["base_url"] = cheap.BaseUrl.ToString(),
                    }
                ),
            }
        );
        await who.SetAsync(0.05m);

        using var answer = await who.AskAsync(both);

        Assert.Contains("Cheap", await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal("cheap-model", answer.Headers.GetValues("x-republic-model").Single());
        Assert.Empty(who.Vendor.Requests);
    }

    [Fact]
    public async Task A_limit_on_the_answer_is_sent_where_none_was_set()
    {
        var free = await who.NewMinionAsync("free", []);
        await who.SetAsync(10);

        using var answer = await who.AskAsync(free);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(4096, who.Vendor.LastRequest.Body!["max_tokens"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_request_without_a_bound_is_told_so_and_not_that_money_ran_out()
    {
        var boundless = await who.NewMinionAsync("boundless", []);
        await who.SetAsync(10);
        using var client = new OutsideClient(republic.Address, boundless.Key);

        using var refused = await client.ChatAsync("""{"max_tokens":-5,"messages":[{"role":"user","content":"Hi"}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var error = JsonNode.Parse(await refused.Content.ReadAsStringAsync(Ct))!["error"]!;
        Assert.Equal("invalid_request_error", (string?)error["type"]);
        Assert.Contains("max_tokens must be a number above 0", (string?)error["message"]);
    }

    [Fact]
    public async Task A_person_cannot_raise_what_a_superuser_set()
    {
        var made = await republic.Mira.Api.PostAsync(who.Budgets, new { monthly_usd = 0.05 });
        var id = made["budget"]!["id"]!.GetValue<string>();
        Assert.True(made["budget"]!["is_imposed"]!.GetValue<bool>());

        await who.Person.Api.ProblemAsync(403, HttpMethod.Put, $"{who.Budgets}/{id}", new { monthly_usd = 100 });
        await who.Person.Api.ProblemAsync(403, HttpMethod.Delete, $"{who.Budgets}/{id}");
        // A price of one's own is no way around it either: nobody but them has one for this model.
        await who.PriceAsync("vendor-model", 0);
        Assert.Equal(HttpStatusCode.TooManyRequests, await who.StatusAsync());
        await who.SetAsync(1000);
        Assert.Equal(HttpStatusCode.TooManyRequests, await who.StatusAsync());
    }

    [Fact]
    public async Task A_budget_warns_from_four_fifths_on()
    {
        await who.SetAsync(1);
        Assert.Equal("ok", (await who.BudgetAsync())["state"]!.GetValue<string>());
        await republic.QueryAsync(db =>
            db.BudgetMonths.Where(m => m.Spent == 0).ExecuteUpdateAsync(set => set.SetProperty(m => m.Spent, 800_000_000))
        );

        var budget = await who.BudgetAsync();

        Assert.Equal(("warning", 0.8m), (budget["state"]!.GetValue<string>(), budget["spent_usd"]!.GetValue<decimal>()));
    }

    [Fact]
    public async Task What_was_spent_before_a_budget_was_set_counts()
    {
        using var answer = await who.AskAsync();
        await Until.TrueAsync(async () =>
            (await republic.QueryAsync(db => db.ModelCalls.CountAsync(c => c.OwnerId == who.Person.Id))) == 1
        );

        await who.SetAsync(1);

        Assert.Equal(Spender.Answer, (await who.BudgetAsync())["spent_usd"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task A_dead_nodes_slice_counts_until_its_lease_ends()
    {
        var id = Guid.Parse(await who.SetAsync(1));
        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        await LeaseAsync(id, "1 hour");
        await Until.TrueAsync(async () => await who.StatusAsync() == HttpStatusCode.TooManyRequests);

        await LeaseAsync(id, "-1 second");

        await Until.TrueAsync(async () => await who.StatusAsync() == HttpStatusCode.OK);
        // What it held for calls under way stays spent: nobody knows what became of them.
        Assert.True(await who.SpentAsync() >= 0.2m);
    }

    [Fact]
    public async Task So_many_requests_a_minute_and_no_more()
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

        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        using var third = await who.AskAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
        Assert.Contains("allows 2 requests a minute", await third.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task So_many_tokens_a_minute_and_no_more()
    {
        await who.Person.Api.PostAsync(who.Budgets, new { tokens_per_minute = 10 });

        // It took 10 tokens, and that is known when it has answered.
        Assert.Equal(HttpStatusCode.OK, await who.StatusAsync());
        Assert.Equal(HttpStatusCode.TooManyRequests, await who.StatusAsync());
    }

    private async Task AssertSpentAsync(decimal spent, decimal limit)
    {
        Assert.True(spent <= limit, $"{spent} of {limit}");
        await Until.TrueAsync(async () => await who.SpentAsync() == spent);
    }

    /// <summary>Another node's: most of the dollar, of which it holds 20 cents.</summary>
    private Task<int> LeaseAsync(Guid budget, string ends)
    {
        var node = new Guid("00000000-0000-0000-0000-000000000001");
        var interval = TimeSpan.FromSeconds(ends == "1 hour" ? 3600 : -1);
        return republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                insert into budget_leases (budget_id, month, node, amount, held, expires_at)
                select {budget}, month, {node}, 950000000, 200000000, clock_timestamp() + {interval} from budget_months where budget_id = {budget}
                on conflict (budget_id, month, node) do update set expires_at = excluded.expires_at
                """
            )
        );
    }
}
