using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Analytics;

/// <summary>Analytics, usage and the page on spending tell of the same calls; <see cref="Spender"/> says what things cost.</summary>
public sealed class LedgerTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private Spender who = null!;

    public async ValueTask InitializeAsync() => who = await Spender.NewAsync(republic);

    public ValueTask DisposeAsync() => who.DisposeAsync();

    [Fact]
    public async Task Whatever_calls_were_made_for_the_totals_agree()
    {
        using (var whole = await who.AskAsync())
        using (var stream = await who.AskAsync(stream: true))
        {
            await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (whole.StatusCode, stream.StatusCode));
        }

        await ChatAsync();
        Assert.True((await who.Person.Api.PostAsync($"/api/minions/{who.Minion.Id}/test", new { }))["ok"]!.GetValue<bool>());
        await Until.TrueAsync(async () =>
            await republic.QueryAsync(db => db.ModelCalls.CountAsync(call => call.OwnerId == who.Person.Id)) == 4
        );

        foreach (var group in new[] { "minion", "provider" })
        {
            var (figures, usage) = (await AnalyticsAsync(group), await UsageAsync(group));

            Assert.Equal(28, Int(figures["total"]!, "prompt_tokens"));
            Assert.Equal(4 * Spender.Answer, figures["total"]!["cost"]!.GetValue<decimal>());
            Assert.Equal(
                Sums(usage["total"]!, "input_tokens", "output_tokens"),
                Sums(figures["total"]!, "prompt_tokens", "completion_tokens")
            );
            var (one, other) = (figures["groups"]!.AsArray().Single()!, usage["groups"]!.AsArray().Single()!);
            Assert.Equal(
                Sums(other["figures"]!, "input_tokens", "output_tokens"),
                Sums(one["figures"]!, "prompt_tokens", "completion_tokens")
            );
        }

        var total = (await AnalyticsAsync("minion"))["total"]!;
        Assert.Equal((2, 2, 3), (Int(total, "outside_answers"), Int(total, "outside_answers_completed"), Int(total, "answers")));
        var page = await (await who.Person.BrowserAsync()).ReadAsync("/analytics");
        Assert.Contains("2 of them to outside clients", page);
        Assert.Contains("$0.01", page);
    }

    [Fact]
    public async Task An_answer_from_before_the_ledger_tells_its_own_figures_and_one_in_it_is_not_counted_twice()
    {
        var today = TimeProvider.System.GetUtcNow();
        await new PlantedUsage(republic, who.Person).AnswerAsync(who.Minion.Id, today, "custom", 100, 20, 0.5m);
        await ChatAsync();
        await Until.TrueAsync(async () =>
            await republic.QueryAsync(db => db.ModelCalls.CountAsync(call => call.OwnerId == who.Person.Id)) == 1
        );

        var total = (await AnalyticsAsync("provider"))["total"]!;

        Assert.Equal((107, 23, 2), (Int(total, "prompt_tokens"), Int(total, "completion_tokens"), Int(total, "answers")));
        Assert.Equal(0.5m + Spender.Answer, total["cost"]!.GetValue<decimal>());
    }

    private async Task ChatAsync()
    {
        var chat = await Chat.BeginAsync(who.Person, who.Minion.Id);
        Assert.Equal("complete", Chat.State(await chat.AskAsync("Hi")));
    }

    private async Task<JsonNode> AnalyticsAsync(string group) =>
        (await who.Person.Api.GetAsync($"/api/users/{who.Person.Id}/analytics?group_by={group}"))["analytics"]!;

    private async Task<JsonNode> UsageAsync(string group) =>
        (await who.Person.Api.GetAsync($"/api/users/{who.Person.Id}/usage?group_by={group}"))["usage"]!;

    private static (int, int, decimal) Sums(JsonNode figures, string input, string output) =>
        (Int(figures, input), Int(figures, output), figures["cost"]!.GetValue<decimal>());

    private static int Int(JsonNode node, string name) => node[name]!.GetValue<int>();
}
