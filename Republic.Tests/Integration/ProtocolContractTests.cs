using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Republic.Core.Providers;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>What every protocol class must do, over real sockets.</summary>
public sealed class ProtocolContractTests : IAsyncLifetime
{
    private readonly RawUpstream upstream = new();
    private ProviderLayer layer = null!;

    public static TheoryData<string, bool> EveryFault
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var fault in Faults.All)
            {
                if (fault.When.HasFlag(Ask.Whole))
                {
                    data.Add(fault.Name, false);
                }

                if (fault.When.HasFlag(Ask.Streamed))
                {
                    data.Add(fault.Name, true);
                }
            }

            return data;
        }
    }

    public ValueTask InitializeAsync()
    {
        layer = new ProviderLayer([
            ("Outbound:AllowedHosts:0", upstream.Authority),
            ("Providers:Limits:FirstByte", "00:00:01"),
            ("Providers:Limits:WholeAnswer", "00:00:01"),
            ("Providers:Limits:Idle", "00:00:01"),
            ("Providers:Limits:Total", "00:00:02.2"),
            ("Providers:Limits:MaxBodyBytes", "1048576"),
            ("Providers:Limits:MaxLineBytes", "65536"),
        ]);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task Every_fault_ends_in_a_clear_error_without_the_key_and_the_next_call_works(string name, bool streamed)
    {
        var fault = Faults.All.Single(fault => fault.Name == name);
        upstream.Script = fault.Script;
        using var client = layer.Router.ChatClient(layer.Target("custom", upstream.BaseUrl, Faults.Key));

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(client, streamed));

        Assert.Equal((fault.Kind, "Custom"), (error.Kind, error.Provider));
        Assert.Contains(fault.Says, error.Message);
        Assert.DoesNotContain(Faults.Key, error.ToString());
        Assert.DoesNotContain(Faults.Key[..12], error.Message);
        Assert.InRange(error.Message.Length, 20, 700);
        Assert.Single(upstream.Requests);

        upstream.Script = streamed
            ? call => call.StreamAsync(Say.Piece("Hel"), Say.Piece("lo"), Say.Finish, Say.Usage, Say.Done)
            : call => call.JsonAsync(Say.Whole("Hello"));
        Assert.Equal("Hello", await AskAsync(client, streamed));
    }

    [Fact]
    public async Task A_whole_answer_carries_text_model_reason_and_usage()
    {
        upstream.Script = call => call.JsonAsync(Say.Whole("Hello 🌱"));
        using var client = layer.Router.ChatClient(layer.Target("custom", upstream.BaseUrl));

        var answer = await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(("Hello 🌱", "vendor-model", ChatFinishReason.Stop), (answer.Text, answer.ModelId, answer.FinishReason));
        Assert.Equal((7, 3, 10), (answer.Usage?.InputTokenCount, answer.Usage?.OutputTokenCount, answer.Usage?.TotalTokenCount));
    }

    [Fact]
    public async Task A_streamed_answer_comes_piece_by_piece_with_usage_at_the_end()
    {
        upstream.Script = call =>
            call.StreamAsync(
                ": keep-alive\r\n\r\n",
                "event: x\r\n",
                Say.Piece("Hel").ReplaceLineEndings("\r\n"),
                Say.Piece("lo"),
                Say.Finish,
                Say.Usage,
                Say.Done
            );
        using var client = layer.Router.ChatClient(layer.Target("custom", upstream.BaseUrl));

        var updates = await client
            .GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["Hel", "lo"], updates.Select(update => update.Text).Where(text => text.Length > 0));
        Assert.Equal(ChatFinishReason.Stop, Assert.Single(updates, update => update.FinishReason is not null).FinishReason);
        Assert.Equal(10, Assert.Single(updates.SelectMany(update => update.Contents).OfType<UsageContent>()).Details.TotalTokenCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(113)]
    public async Task Frames_may_be_cut_anywhere_even_inside_a_letter(int size)
    {
        var all = Encoding.UTF8.GetBytes(Say.Piece("añ") + Say.Piece("🌱") + Say.Finish + Say.Done);
        upstream.Script = async call =>
        {
            await call.StreamAsync();
            foreach (var part in all.Chunk(size))
            {
                await call.SendAsync(part);
            }
        };
        using var client = layer.Router.ChatClient(layer.Target("custom", upstream.BaseUrl));

        Assert.Equal("añ🌱", await AskAsync(client, streamed: true));
    }

    [Fact]
    public async Task Pieces_are_given_on_as_they_come_and_not_gathered()
    {
        var seen = new TaskCompletionSource();
        upstream.Script = async call =>
        {
            await call.StreamAsync(Say.Piece("first"));
            await seen.Task.WaitAsync(call.Stop);
            await call.SendAsync(Say.Piece("second") + Say.Finish + Say.Done);
        };
        using var client = layer.Router.ChatClient(layer.Target("custom", upstream.BaseUrl));

        var text = "";
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken))
        {
            text += update.Text;
            seen.TrySetResult();
        }

        Assert.Equal("firstsecond", text);
    }

    [Fact]
    public async Task A_stream_may_end_without_DONE_when_it_gave_its_reason()
    {
        upstream.Script = call => call.StreamAsync(Say.Piece("Hello"), Say.Finish);
        using var client = layer.Router.ChatClient(layer.Target("custom", upstream.BaseUrl));

        Assert.Equal("Hello", await AskAsync(client, streamed: true));
    }

    [Fact]
    public async Task A_server_that_cannot_stream_still_answers()
    {
        using var client = layer.Router.ChatClient(layer.Target("custom", upstream.BaseUrl));

        Assert.Equal("Hello", await AskAsync(client, streamed: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Letters_that_are_no_utf8_cost_a_letter_and_not_the_answer(bool streamed)
    {
        upstream.Script = async call =>
        {
            var text = streamed ? Say.Piece("a#b") + Say.Finish + Say.Done : Say.Whole("a#b");
            var bytes = Encoding.ASCII.GetBytes(text);
            bytes[Array.IndexOf(bytes, (byte)'#')] = 0xff;
            await call.SendAsync(
                $"HTTP/1.1 200 OK\r\nContent-Type: {(streamed ? "text/event-stream" : "application/json")}\r\nConnection: close\r\n\r\n"
            );
            await call.SendAsync(bytes);
        };
        using var client = layer.Router.ChatClient(layer.Target("custom", upstream.BaseUrl));

        Assert.Equal("a\ufffdb", await AskAsync(client, streamed));
    }

    [Fact]
    public async Task What_is_sent_is_what_the_format_asks_for()
    {
        using var client = layer.Router.ChatClient(layer.Target("custom", upstream.BaseUrl));
        var options = new ChatOptions
        {
            Temperature = 0.7f,
            TopP = 0.95f,
            MaxOutputTokens = 64,
            StopSequences = ["END"],
            Seed = 5,
        };

        await client.GetResponseAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Grüß \"dich\" 🌱 \ud800")],
            options,
            TestContext.Current.CancellationToken
        );

        var request = Assert.Single(upstream.Requests);
        Assert.StartsWith("POST /v1/chat/completions HTTP/1.1", request);
        Assert.Contains("Authorization: Bearer sk-canary-0123456789abcdef", request);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
        var body = JsonNode.Parse(
            Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(request[request.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]))
        );
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """{"model":"vendor-model","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Grüß \"dich\" 🌱 \ufffd"}],"temperature":0.7,"top_p":0.95,"max_tokens":64,"seed":5,"stop":["END"]}"""
                ),
                body
            ),
            body?.ToJsonString()
        );
    }

    [Fact]
    public async Task The_catalogue_row_decides_the_limits_name_and_extra_headers()
    {
        using var openai = layer.Router.ChatClient(layer.Target("openai", upstream.BaseUrl));
        using var anthropic = layer.Router.ChatClient(layer.Target("anthropic", upstream.BaseUrl));
        var options = new ChatOptions { MaxOutputTokens = 9 };

        await openai.GetResponseAsync("Hi", options, TestContext.Current.CancellationToken);
        await anthropic.GetResponseAsync("Hi", options, TestContext.Current.CancellationToken);

        var requests = upstream.Requests.ToArray();
        Assert.Contains("\"max_completion_tokens\":9", requests[0]);
        Assert.DoesNotContain("anthropic-version", requests[0]);
        Assert.Contains("\"max_tokens\":9", requests[1]);
        Assert.Contains("anthropic-version: 2023-06-01", requests[1]);
        Assert.Contains($"x-api-key: {Faults.Key}", requests[1]);
    }

    [Fact]
    public async Task A_caller_that_goes_away_ends_the_call_upstream()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        upstream.Script = async call =>
        {
            await call.StreamAsync(Say.Piece("Hel"));
            await call.HangAsync();
        };
        using var client = layer.Router.ChatClient(layer.Target("custom", upstream.BaseUrl));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("Hi", cancellationToken: gone.Token))
            {
                await gone.CancelAsync();
            }
        });

        await upstream.ClientGone.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await layer.DisposeAsync();
        await upstream.DisposeAsync();
    }

    private static async Task<string> AskAsync(IChatClient client, bool streamed)
    {
        var ct = TestContext.Current.CancellationToken;
        if (!streamed)
        {
            return (await client.GetResponseAsync("Hi", cancellationToken: ct)).Text;
        }

        var text = new StringBuilder();
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: ct))
        {
            text.Append(update.Text);
        }

        return text.ToString();
    }
}
