using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Providers.Routing;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;
using Republic.Web.Pages.Shared;

namespace Republic.Tests.Integration.Analytics;

/// <summary>
/// Answers, calls, success and cost are the same on every page and in the API, as docs/figures.md defines them; <see cref="Spender"/> says
/// what things cost.
/// </summary>
public sealed partial class FiguresAgreeTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncLifetime
{
    private Spender who = null!;
    private TestMinion minion = null!;
    private Visitor browser = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        who = await Spender.NewAsync(republic);
        minion = await who.NewMinionAsync("mindful", new JsonObject { ["max_tokens"] = 100, ["cache_minutes"] = 60 });
        browser = await who.Person.BrowserAsync();
    }

    public ValueTask DisposeAsync() => who.DisposeAsync();

    [Fact]
    public async Task All_pages_and_the_api_tell_the_same_answers_and_calls_even_when_a_chat_is_deleted()
    {
        var chat = await AnswerFiveTimesAsync();
        var side = await WordsAsync($"/chats/{chat.Id}");
        await PagesAgreeAsync();
        await ApiAgreesAsync();

        await who.Person.Api.DeleteAsync($"/api/conversations/{chat.Id}");

        Assert.Contains($"This branch {Figures.Cost(Spender.Answer)} for 3 answers", side);
        await PagesAgreeAsync();
        await ApiAgreesAsync();
    }

    [Fact]
    public async Task Success_leaves_out_what_says_nothing_of_a_provider_and_cost_leaves_out_nothing()
    {
        using (await who.AskAsync()) { }
        using (await who.AskAsync()) { }
        who.Vendor.Refuses(HttpStatusCode.BadRequest, "No.");
        using (await who.AskAsync()) { }
        who.Vendor.Refuses(HttpStatusCode.Unauthorized, "No.");
        using (await who.AskAsync()) { }
        await CallsAsync(4);
        // One was made only to try a key.
        await republic.QueryAsync(db =>
            db.ModelCalls.Where(call => call.OwnerId == who.Person.Id && call.Cost == Spender.Answer)
                .OrderBy(call => call.StartedAt)
                .Take(1)
                .ExecuteUpdateAsync(set => set.SetProperty(call => call.Purpose, CallPurpose.Draft), Ct)
        );

        var usage = await UsageAsync();
        var card = await HealthAsync();

        Assert.Equal(
            (4, 2, 1, 2 * Spender.Answer),
            (Long(usage, "calls"), Long(usage, "judged_calls"), Long(usage, "answered"), usage["cost"]!.GetValue<decimal>())
        );
        Assert.Equal((4, 2, 1), (Long(card, "calls"), Long(card, "judged_calls"), Long(card, "answered")));
        Assert.Contains("Calls in 30 days 4 Success 50 %", await WordsAsync("/providers"));
        Assert.Contains("Calls 4 Success 50 % Cost per call $0.0015", await WordsAsync("/providers/spending"));
    }

    [Fact]
    public async Task Answers_to_outside_clients_are_counted_by_day_and_provider()
    {
        using (await who.AskAsync()) { }
        using (await who.AskAsync()) { }
        who.Vendor.Refuses(HttpStatusCode.Unauthorized, "No.");
        using (await who.AskAsync()) { }
        await Until.TrueAsync(async () => await AnsweredAsync(who.Minion) == 3);

        var day = await republic.QueryAsync(db => db.AnswerDays.SingleAsync(one => one.MinionId == who.Minion.Id, Ct));

        Assert.Equal(("custom", 3, 2, 3, 2), (day.Provider, day.Answers, day.Completed, day.Outside, day.OutsideCompleted));
    }

    /// <summary>
    /// Five answers: one in a chat, one that failed, one refused before any model was asked; and two outside, the second from memory. Four
    /// calls: three of them for these answers, and a test of the minion.
    /// </summary>
    private async Task<Chat> AnswerFiveTimesAsync()
    {
        var chat = await Chat.BeginAsync(who.Person, minion.Id);
        Assert.Equal("complete", Chat.State(await chat.AskAsync("Hi")));
        who.Vendor.Refuses(HttpStatusCode.Unauthorized, "No.");
        Assert.Equal("failed", Chat.State(await chat.AskAsync("Again")));
        // As a name would that leads into a private network by now.
        await MoveAsync("http://10.0.0.5:11434/v1");
        Assert.Equal("failed", Chat.State(await chat.AskAsync("Once more")));
        await MoveAsync(who.Vendor.BaseUrl.ToString());
        who.Vendor.Answers("Yes");
        using (await who.AskAsync(minion)) { }
        await CallsAsync(3);
        // The same words again.
        using (await who.AskAsync(minion)) { }
        Assert.True((await who.Person.Api.PostAsync($"/api/minions/{minion.Id}/test", new { }))["ok"]!.GetValue<bool>());
        // The answer from memory is a row of its own.
        await CallsAsync(5);
        await Until.TrueAsync(async () => await AnsweredAsync(minion) == 5);
        return chat;
    }

    private async Task PagesAgreeAsync()
    {
        var list = await WordsAsync("/models");
        Assert.Contains("2 minions, 5 answers so far", list);
        Assert.Contains("5 answers 60 % success", list);
        Assert.Contains("Answers 5 since it was made Success 60 % 3 in full", await WordsAsync($"/models/{minion.Id}"));
        foreach (var by in new[] { "Minion", "Provider" })
        {
            var analytics = await WordsAsync($"/analytics?by={by}");
            Assert.Contains("Answers 5 2 of them to outside clients Success 60 % 3 in full", analytics);
            Assert.Contains("5 , 2 outside 60 %", analytics);
        }

        Assert.Contains("Calls in 30 days 4 Success 75 %", await WordsAsync("/providers"));
        Assert.Contains($"Calls 4 Success 75 % Cost per call {Figures.Cost(0.00225m)}", await WordsAsync("/providers/spending"));
        foreach (var by in new[] { "Provider", "Model", "Minion" })
        {
            Assert.Matches(@" 4 75 % 2\d 9 ", await WordsAsync($"/providers/spending?by={by}"));
        }
    }

    private async Task ApiAgreesAsync()
    {
        var card = (await who.Person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!;
        Assert.Equal((5, 0.6), (Long(card, "total_queries"), card["success_rate"]!.GetValue<double>()));
        var total = (await who.Person.Api.GetAsync($"/api/users/{who.Person.Id}/analytics?group_by=minion"))["analytics"]!["total"]!;
        Assert.Equal(
            (5, 3, 2, 2, 3 * Spender.Answer),
            (
                Long(total, "answers"),
                Long(total, "answers_completed"),
                Long(total, "outside_answers"),
                Long(total, "outside_answers_completed"),
                total["cost"]!.GetValue<decimal>()
            )
        );
        var (usage, health) = (await UsageAsync(), await HealthAsync());
        Assert.Equal((4, 4, 3), (Long(usage, "calls"), Long(usage, "judged_calls"), Long(usage, "answered")));
        Assert.Equal((4, 4, 3), (Long(health, "calls"), Long(health, "judged_calls"), Long(health, "answered")));
        Assert.Equal((3 * Spender.Answer, 3 * Spender.Answer), (Cost(usage, "cost"), Cost(health, "month_cost")));
    }

    private Task MoveAsync(string address) =>
        republic.QueryAsync(db =>
            db.Minions.Where(m => m.Id == minion.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.BaseUrl, address), Ct)
        );

    private Task CallsAsync(int rows) =>
        Until.TrueAsync(async () =>
            await republic.QueryAsync(db => db.ModelCalls.CountAsync(call => call.OwnerId == who.Person.Id, Ct)) == rows
        );

    private async Task<long> AnsweredAsync(TestMinion whom) =>
        Long((await who.Person.Api.GetAsync($"/api/minions/{whom.Id}"))["minion"]!, "total_queries");

    private async Task<JsonNode> UsageAsync() =>
        (await who.Person.Api.GetAsync($"/api/users/{who.Person.Id}/usage?group_by=provider"))["usage"]!["total"]!;

    private async Task<JsonNode> HealthAsync() =>
        (await who.Person.Api.GetAsync($"/api/users/{who.Person.Id}/providers/health"))["providers"]!
            .AsArray()
            .Single(one => (string?)one!["provider"] == "custom")!;

    /// <summary>A page as it is read, with one space between its words.</summary>
    private async Task<string> WordsAsync(string path) =>
        Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(await browser.ReadAsync(path), " ")), " ");

    private static long Long(JsonNode node, string name) => node[name]!.GetValue<long>();

    private static decimal Cost(JsonNode node, string name) => node[name]!.GetValue<decimal>();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
