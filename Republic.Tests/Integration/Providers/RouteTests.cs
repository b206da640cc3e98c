using System.Text;
using Microsoft.Extensions.AI;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>Who is asked, in which order, and what the receipt says of it; with upstreams that break as they are told.</summary>
public sealed class RouteTests : IAsyncLifetime
{
    private const string Overloaded = """{"error":{"message":"overloaded"}}""";

    private readonly RawUpstream first = new();
    private readonly RawUpstream second = new();
    private ProviderLayer layer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        layer = new ProviderLayer([
            ("Outbound:AllowedHosts:0", first.Authority),
            ("Outbound:AllowedHosts:1", second.Authority),
            ("Providers:Routing:FirstPause", "00:00:00.010"),
            ("Providers:Routing:LongestPause", "00:00:01.500"),
        ]);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_first_answers_and_nobody_else_is_asked()
    {
        var (said, receipt) = await AskAsync(Route(first, second));

        Assert.Equal("Hello", said);
        Assert.Equal([("m0", RouteOutcome.Answered)], Outcomes(receipt));
        Assert.Equal(new TokenCounts(7, 3), receipt.Answer?.Tokens);
        Assert.Empty(second.Requests);
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    [InlineData("401 Unauthorized")]
    [InlineData("402 Payment Required")]
    [InlineData("404 Not Found")]
    [InlineData("405 Method Not Allowed")]
    [InlineData("409 Conflict")]
    [InlineData("410 Gone")]
    public async Task Who_fails_is_followed_by_the_next_at_once(string status)
    {
        first.Script = call => call.JsonAsync(Overloaded, status);

        var (said, receipt) = await AskAsync(Route(first, second));

        Assert.Equal("Hello", said);
        Assert.Equal([("m0", RouteOutcome.Failed), ("m1", RouteOutcome.Answered)], Outcomes(receipt));
        Assert.Contains("overloaded", receipt.Attempts[0].Reason);
        Assert.Single(first.Requests);
    }

    [Fact]
    public async Task A_stream_that_breaks_before_its_first_word_falls_back_and_nothing_of_it_is_seen()
    {
        first.Script = call => call.StreamAsync("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n");
        second.Script = call => call.StreamAsync(Say.Piece("Hi"), Say.Finish, Say.Usage, Say.Done);

        var (said, receipt) = await StreamAsync(Route(first, second));

        Assert.Equal("Hi", said);
        Assert.Equal([("m0", RouteOutcome.Failed), ("m1", RouteOutcome.Answered)], Outcomes(receipt));
        Assert.Equal(new TokenCounts(7, 3), receipt.Answer?.Tokens);
    }

    [Fact]
    public async Task A_tools_call_that_comes_in_pieces_is_one_call()
    {
        static string Piece(string call) => "data: {\"choices\":[{\"delta\":{\"tool_calls\":[" + call + "]}}]}\n\n";
        first.Script = call =>
            call.StreamAsync(
                Piece("""{"index":0,"id":"c1","type":"function","function":{"name":"weather","arguments":"{\"ci"}}"""),
                Piece("""{"index":0,"function":{"arguments":"ty\":\"Rome\"}"}}"""),
                Say.Finish,
                Say.Done
            );
        var client = layer.Router.ChatClient(Route(first));
        var calls = new List<FunctionCallContent>();

        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: Ct))
        {
            calls.AddRange(update.Contents.OfType<FunctionCallContent>());
        }

        var only = Assert.Single(calls);
        Assert.Equal(("c1", "weather", "Rome"), (only.CallId, only.Name, only.Arguments?["city"]?.ToString()));
    }

    [Fact]
    public async Task An_error_event_under_status_200_falls_back()
    {
        first.Script = call => call.StreamAsync("data: {\"error\":{\"message\":\"no room\"}}\n\n");
        second.Script = call => call.StreamAsync(Say.Piece("Hi"), Say.Finish, Say.Done);

        var (said, receipt) = await StreamAsync(Route(first, second));

        Assert.Equal("Hi", said);
        Assert.Contains("no room", receipt.Attempts[0].Reason);
    }

    [Fact]
    public async Task A_stream_that_breaks_after_its_first_word_ends_with_what_came()
    {
        first.Script = call => call.StreamAsync(Say.Piece("Hel"));
        var client = layer.Router.ChatClient(Route(first, second));
        var said = new StringBuilder();

        var error = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: Ct))
            {
                said.Append(update.Text);
            }
        });

        Assert.Equal(("Hel", ProviderErrorKind.Interrupted), (said.ToString(), error.Kind));
        Assert.Equal([("m0", RouteOutcome.BrokeOff)], Outcomes(client.Receipt!));
        Assert.Empty(second.Requests);
    }

    [Theory]
    [InlineData("400 Bad Request")]
    [InlineData("413 Content Too Large")]
    [InlineData("415 Unsupported Media Type")]
    [InlineData("422 Unprocessable Content")]
    public async Task What_is_wrong_with_the_request_is_said_and_asked_of_nobody_else(string status)
    {
        first.Script = call => call.JsonAsync("""{"error":{"message":"top_k is not known"}}""", status);

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(Route(first, second)));

        Assert.Equal(ProviderErrorKind.BadRequest, error.Kind);
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task When_all_fail_those_that_may_recover_are_asked_again_with_the_same_idempotency_key()
    {
        var calls = 0;
        first.Script = call =>
            Interlocked.Increment(ref calls) < 3
                ? call.JsonAsync(Overloaded, "503 Service Unavailable")
                : call.JsonAsync(Say.Whole("Back"));
        second.Script = call => call.JsonAsync(Overloaded, "401 Unauthorized");

        var (said, receipt) = await AskAsync(Route(first, second));

        Assert.Equal("Back", said);
        Assert.Equal(["m0", "m1", "m0", "m0"], receipt.Attempts.Select(attempt => attempt.Model));
        Assert.Single(first.Requests.Select(Header).Distinct());
        Assert.Single(second.Requests);
    }

    [Fact]
    public async Task A_pause_the_provider_asks_for_is_kept_and_a_long_one_is_told()
    {
        var calls = 0;
        first.Script = call =>
            Interlocked.Increment(ref calls) == 1
                ? call.JsonAsync(Overloaded, "429 Too Many Requests", "Retry-After: 1\r\n")
                : call.JsonAsync(Say.Whole("Back"));
        second.Script = call => call.JsonAsync(Overloaded, "429 Too Many Requests", "Retry-After: 40\r\n");

        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal("Back", (await AskAsync(Route(first))).Said);
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(Route(second)));
        Assert.Equal((ProviderErrorKind.RateLimited, 40), (error.Kind, error.RetryAfter?.TotalSeconds));
        // Another call does not even try before the 40 seconds are over.
        var (said, receipt) = await AskAsync(Route(second, first));
        Assert.Equal("Back", said);
        Assert.Equal(RouteOutcome.PassedOver, receipt.Attempts[0].Outcome);
        Assert.EndsWith("so the others come first.", receipt.Attempts[0].Reason);
        Assert.Single(second.Requests);
    }

    [Fact]
    public async Task After_failures_in_a_row_a_way_is_left_alone_and_a_direct_call_asks_all_the_same()
    {
        first.Script = call => call.JsonAsync(Overloaded, "500 Internal Server Error");
        for (var i = 0; i < 5; i++)
        {
            await AskAsync(Route(first, second));
        }

        var (_, receipt) = await AskAsync(Route(first, second));

        Assert.Equal([("m0", RouteOutcome.PassedOver), ("m1", RouteOutcome.Answered)], Outcomes(receipt));
        Assert.Equal(5, first.Requests.Count);
        var alone = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(Route(first)));
        Assert.Contains("failed several times in a row", alone.Message);
        Assert.False((await layer.Router.TestAsync(Target(first, 0), Ct)).Ok);
        Assert.Equal(6, first.Requests.Count);
    }

    [Fact]
    public async Task Several_ways_to_one_model_share_its_load()
    {
        var held = new TaskCompletionSource();
        first.Script = async call =>
        {
            await held.Task;
            await call.JsonAsync(Say.Whole("one"));
        };
        second.Script = call => call.JsonAsync(Say.Whole("two"));
        var route = new ModelRoute([new RouteCandidate("custom", "m0", [Target(first, 0), Target(second, 0)])]);

        var waits = AskAsync(route);
        await Until.TrueAsync(() => !first.Requests.IsEmpty);
        var (said, _) = await AskAsync(route);
        held.SetResult();

        Assert.Equal(("two", "one"), (said, (await waits).Said));
    }

    [Fact]
    public async Task Without_leave_nothing_goes_from_this_machine_to_another()
    {
        first.Script = call => call.JsonAsync(Overloaded, "500 Internal Server Error");
        var away = new ModelTarget(layer.Catalog.Find("openai")!, "gpt", null, "sk-never-sent-0123456789");
        var route = new ModelRoute([RouteCandidate.To(Target(first, 0)), RouteCandidate.To(away)]);
        var client = layer.Router.ChatClient(route);

        var error = await Assert.ThrowsAsync<ProviderException>(() => client.GetResponseAsync("Hi", cancellationToken: Ct));

        Assert.Contains("overloaded", error.Message);
        Assert.Contains(("gpt", RouteOutcome.PassedOver), Outcomes(client.Receipt!));
        Assert.False(client.Receipt!.LeftMachine);
    }

    [Fact]
    public async Task Who_goes_away_is_no_fault_of_the_model()
    {
        first.Script = call => call.HangAsync();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var client = layer.Router.ChatClient(Route(first, second));

        var waits = client.GetResponseAsync("Hi", cancellationToken: gone.Token);
        await Until.TrueAsync(() => !first.Requests.IsEmpty);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        await first.ClientGone.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Assert.Equal([("m0", RouteOutcome.Cancelled)], Outcomes(client.Receipt!));
    }

    public async ValueTask DisposeAsync()
    {
        await layer.DisposeAsync();
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    private static string Header(string request) =>
        request.Split("\r\n").Single(line => line.StartsWith("Idempotency-Key", StringComparison.Ordinal));

    private static List<(string, RouteOutcome)> Outcomes(RouteReceipt receipt) =>
        [.. receipt.Attempts.Select(attempt => (attempt.Model, attempt.Outcome))];

    private ModelRoute Route(params RawUpstream[] upstreams) =>
        new([.. upstreams.Select((upstream, i) => RouteCandidate.To(Target(upstream, i)))]);

    private ModelTarget Target(RawUpstream upstream, int number) =>
        layer.Target("custom", upstream.BaseUrl) with
        {
            ModelId = $"m{number}",
        };

    private async Task<(string Said, RouteReceipt Receipt)> AskAsync(ModelRoute route)
    {
        var client = layer.Router.ChatClient(route);
        var answer = await client.GetResponseAsync("Hi", cancellationToken: Ct);
        return (answer.Text, client.Receipt!);
    }

    private async Task<(string Said, RouteReceipt Receipt)> StreamAsync(ModelRoute route)
    {
        var client = layer.Router.ChatClient(route);
        var said = new StringBuilder();
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: Ct))
        {
            said.Append(update.Text);
        }

        return (said.ToString(), client.Receipt!);
    }
}
