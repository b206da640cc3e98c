using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Events;
using Republic.Core.Providers.Spending;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>
/// Who comes near a budget is told so, and who is over it is refused with a clear answer, before anything is stored or asked. An answer of
/// at most three tokens costs what was set aside for it, $0.30.
/// </summary>
[Collection(nameof(IdleNode))]
public sealed class BudgetNewsTests(IdleRepublic republic) : IAsyncLifetime
{
    private Spender who = null!;
    private TestMinion dear = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        who = await Spender.NewAsync(republic);
        dear = await who.NewMinionAsync("dear", new JsonObject { ["model_id"] = "dear-model", ["max_tokens"] = 3 });
        await who.PriceAsync("dear-model", 100_000);
    }

    public ValueTask DisposeAsync() => who.DisposeAsync();

    [Theory]
    [InlineData("0.36", "Four fifths of this month’s budget are spent", "warn")]
    [InlineData("0.30", "This month’s budget is used up", "bad")]
    public async Task Whose_call_crosses_a_budget_is_told_so_once(string limit, string told, string tone)
    {
        using var live = republic.Services.GetRequiredService<LiveEvents>().Subscribe(who.Person.Id);
        var id = await who.SetAsync(decimal.Parse(limit, CultureInfo.InvariantCulture));

        using var answer = await who.AskAsync(dear);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        List<LiveEvent> heard = [];
        await Until.TrueAsync(async () =>
        {
            heard.AddRange((await live.NextAsync(TimeSpan.FromSeconds(5), Ct)).Items.Select(item => item.Event));
            return heard.Exists(e => e.Name == BudgetNews.Crossed);
        });
        // What is below the mark again, and what has been told, is not told once more.
        using var small = await who.AskAsync(dear);
        Assert.Equal(HttpStatusCode.TooManyRequests, small.StatusCode);
        Assert.Equal(id, Assert.Single(heard, e => e.Name == BudgetNews.Crossed).Subject.ToString());

        var browser = await who.Person.BrowserAsync();
        Assert.Contains(told, WebUtility.HtmlDecode(await browser.ReadAsync($"/providers/spending?handler=Crossed&id={id}")));
        var page = await browser.ReadAsync("/models");
        Assert.Contains($"num {tone}\">$0.30 of ${limit} this month</small>", page);
    }

    [Fact]
    public async Task A_budget_that_is_far_from_its_limit_tells_nothing()
    {
        using var live = republic.Services.GetRequiredService<LiveEvents>().Subscribe(who.Person.Id);
        var id = await who.SetAsync(20);

        using var answer = await who.AskAsync(dear);
        await Until.TrueAsync(async () => await who.SpentAsync() == 0.30m);

        var batch = await live.NextAsync(TimeSpan.FromMilliseconds(100), Ct);
        Assert.DoesNotContain(batch.Items, item => item.Event.Name == BudgetNews.Crossed);
        var browser = await who.Person.BrowserAsync();
        using var nothing = await browser.Http.GetAsync($"/providers/spending?handler=Crossed&id={id}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
        using var stranger = await (await republic.Ada.BrowserAsync()).Http.GetAsync($"/providers/spending?handler=Crossed&id={id}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task A_message_that_no_budget_can_pay_is_refused_before_it_is_stored()
    {
        await who.SetAsync(0.2m);
        var chat = await Chat.BeginAsync(who.Person, dear.Id);

        var problem = await who.Person.Api.ProblemAsync(
            402,
            HttpMethod.Post,
            $"/api/conversations/{chat.Id}/messages",
            new { content = "Hi" }
        );

        Assert.Contains("does not have room for this call: $0.00 of $0.20 is spent or set aside", problem["detail"]!.GetValue<string>());
        Assert.Contains("may cost up to $0.30", problem["detail"]!.GetValue<string>());
        Assert.Empty(await chat.MessagesAsync());
        Assert.Empty(who.Vendor.Requests);
    }

    [Fact]
    public async Task An_answer_is_not_written_again_beyond_the_budget()
    {
        var chat = await Chat.BeginAsync(who.Person, dear.Id);
        var answer = await chat.AskAsync("Hi");
        Assert.Equal("complete", Chat.State(answer));
        await who.SetAsync(0.2m);

        await who.Person.Api.ProblemAsync(402, HttpMethod.Post, $"/api/messages/{answer["id"]}/regenerate");
        var question = (await chat.MessagesAsync())[0]["id"]!.GetValue<Guid>();
        await who.Person.Api.ProblemAsync(402, HttpMethod.Put, $"/api/messages/{question}", new { content = "Hello" });

        Assert.Single(who.Vendor.Requests);
    }

    [Fact]
    public async Task Who_writes_too_fast_is_told_when_to_come_back()
    {
        var limits = new
        {
            scope = "minion",
            subject = dear.Id,
            requests_per_minute = 1,
        };
        await who.Person.Api.PostAsync(who.Budgets, limits);
        using var used = await who.AskAsync(dear);

        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"/api/conversations/{(await Chat.BeginAsync(who.Person, dear.Id)).Id}/messages"
        );
        request.Content = JsonContent.Create(new { content = "Hi" });
        using var answer = await who.Person.Api.Http.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task On_the_page_the_reason_stands_at_what_was_typed()
    {
        await who.SetAsync(0.2m);
        var browser = await who.Person.BrowserAsync();
        using var answer = await browser.SubmitAsync(
            $"/chats/{(await Chat.BeginAsync(who.Person, dear.Id)).Id}",
            new Dictionary<string, string> { ["Input.Content"] = "Keep these words" },
            "handler=Send"
        );

        var page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode);
        Assert.Contains("may cost up to $0.30", page);
        Assert.Contains("Keep these words", page);
    }
}
