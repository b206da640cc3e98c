using System.Text;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>What every protocol class must do, over real sockets.</summary>
public sealed class ProtocolContractTests : IAsyncLifetime
{
    private readonly RawUpstream upstream = new();
    private ProviderLayer layer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Protocols => new(Wire.All.Select(wire => wire.Protocol));

    public static TheoryData<string, string, bool> EveryFault
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (var (wire, fault) in Wire.All.SelectMany(wire => Faults.All.Select(fault => (wire, fault))))
            {
                foreach (var streamed in fault.Ways)
                {
                    data.Add(wire.Protocol, fault.Name, streamed);
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
    public async Task Every_fault_ends_in_a_clear_error_without_the_key_and_the_next_call_works(string protocol, string name, bool streamed)
    {
        var wire = Wire.Of(protocol);
        var fault = Faults.All.Single(fault => fault.Name == name);
        upstream.Script = fault.On(wire);
        using var client = Client(wire);

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(client, streamed));

        Assert.Equal((fault.Kind, layer.Catalog.Find(wire.Provider)!.DisplayName), (error.Kind, error.Provider));
        Assert.StartsWith(error.Provider, error.Message);
        Assert.Contains(fault.Says, error.Message);
        Assert.DoesNotContain(Faults.Key, error.ToString());
        Assert.DoesNotContain(Faults.Key[..12], error.Message);
        Assert.InRange(error.Message.Length, 20, 700);
        Assert.Single(upstream.Requests);

        upstream.Script = streamed ? call => call.StreamAsync(wire.Stream("Hel", "lo")) : call => call.JsonAsync(wire.Whole("Hello"));
        Assert.Equal("Hello", await AskAsync(client, streamed));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_provider_says_how_long_to_wait(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call =>
            call.JsonAsync(wire.Error("Slow down", "rate_limit_error"), "429 Too Many Requests", "Retry-After: 17\r\n");
        using var client = Client(wire);

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(client, streamed: false));

        Assert.Equal((429, TimeSpan.FromSeconds(17), true), (error.StatusCode, error.RetryAfter, error.IsTransient));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_prompt_that_is_too_long_is_told_apart(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call =>
            call.JsonAsync(wire.Error("prompt is too long: 208310 tokens > 200000 maximum", "invalid_request_error"), "400 Bad Request");
        using var client = Client(wire);

        var error = await Assert.ThrowsAsync<ProviderException>(() => AskAsync(client, streamed: true));

        Assert.Equal((ProviderErrorKind.ContextTooLong, false), (error.Kind, error.IsTransient));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_whole_answer_carries_text_model_reason_and_usage(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call => call.JsonAsync(wire.Whole("Hello 🌱"));
        using var client = Client(wire);

        var answer = await client.GetResponseAsync("Hi", cancellationToken: Ct);

        Assert.Equal(("Hello 🌱", "vendor-model", ChatFinishReason.Stop), (answer.Text, answer.ModelId, answer.FinishReason));
        Assert.Equal((7, 3, 10), (answer.Usage?.InputTokenCount, answer.Usage?.OutputTokenCount, answer.Usage?.TotalTokenCount));
        Assert.StartsWith($"POST {wire.Path} HTTP/1.1", Assert.Single(upstream.Requests));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_streamed_answer_comes_piece_by_piece_with_usage_at_the_end(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call =>
            call.StreamAsync([
                ": keep-alive\r\n\r\n",
                "event: x\r\n",
                .. wire.Stream("Hel", "lo").Select(frame => frame.ReplaceLineEndings("\r\n")),
            ]);
        using var client = Client(wire);

        var updates = await client.GetStreamingResponseAsync("Hi", cancellationToken: Ct).ToListAsync(Ct);

        Assert.Equal(["Hel", "lo"], updates.Select(update => update.Text).Where(text => text.Length > 0));
        Assert.Equal(ChatFinishReason.Stop, Assert.Single(updates, update => update.FinishReason is not null).FinishReason);
        var usage = Assert.Single(updates.SelectMany(update => update.Contents).OfType<UsageContent>()).Details;
        Assert.Equal((7, 3, 10), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_answer_without_usage_is_an_answer_and_nothing_is_made_up(string protocol)
    {
        var wire = Wire.Of(protocol);
        using var client = Client(wire);
        upstream.Script = call => call.JsonAsync(Uncounted(wire.Whole("Hello")));
        var whole = await client.GetResponseAsync("Hi", cancellationToken: Ct);
        upstream.Script = call => call.StreamAsync([.. wire.Stream("Hello").Select(Uncounted)]);
        var streamed = await client.GetStreamingResponseAsync("Hi", cancellationToken: Ct).ToListAsync(Ct);

        Assert.Equal(("Hello", null), (whole.Text, whole.Usage));
        Assert.Equal("Hello", string.Concat(streamed.Select(update => update.Text)));
        Assert.Empty(streamed.SelectMany(update => update.Contents).OfType<UsageContent>());
    }

    [Theory]
    [InlineData("openai", 1)]
    [InlineData("openai", 7)]
    [InlineData("openai", 113)]
    [InlineData("anthropic", 1)]
    [InlineData("anthropic", 7)]
    [InlineData("anthropic", 113)]
    public async Task Frames_may_be_cut_anywhere_even_inside_a_letter(string protocol, int size)
    {
        var wire = Wire.Of(protocol);
        var all = Encoding.UTF8.GetBytes(string.Concat(wire.Stream("añ", "🌱")));
        upstream.Script = async call =>
        {
            await call.StreamAsync();
            foreach (var part in all.Chunk(size))
            {
                await call.SendAsync(part);
            }
        };
        using var client = Client(wire);

        Assert.Equal("añ🌱", await AskAsync(client, streamed: true));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Pieces_are_given_on_as_they_come_and_not_gathered(string protocol)
    {
        var wire = Wire.Of(protocol);
        var seen = new TaskCompletionSource();
        upstream.Script = async call =>
        {
            await call.StreamAsync(wire.Begin, wire.Piece("first"));
            await seen.Task.WaitAsync(call.Stop);
            await call.SendAsync(wire.Piece("second") + wire.End);
        };
        using var client = Client(wire);

        var text = "";
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: Ct))
        {
            text += update.Text;
            if (text.Length > 0)
            {
                seen.TrySetResult();
            }
        }

        Assert.Equal("firstsecond", text);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_stream_may_lack_its_last_mark_when_it_gave_its_reason(string protocol)
    {
        var wire = Wire.Of(protocol);
        var stream = string.Concat(wire.Stream("Hello"));
        upstream.Script = call => call.StreamAsync(stream[..stream.LastIndexOf("data:", StringComparison.Ordinal)]);
        using var client = Client(wire);

        Assert.Equal("Hello", await AskAsync(client, streamed: true));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_that_cannot_stream_still_answers(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call => call.JsonAsync(wire.Whole("Hello"));
        using var client = Client(wire);

        Assert.Equal("Hello", await AskAsync(client, streamed: true));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Letters_that_are_no_utf8_cost_a_letter_and_not_the_answer(string protocol)
    {
        var wire = Wire.Of(protocol);
        using var client = Client(wire);
        foreach (var streamed in new[] { false, true })
        {
            upstream.Script = async call =>
            {
                var bytes = Encoding.UTF8.GetBytes(streamed ? string.Concat(wire.Stream("a#b")) : wire.Whole("a#b"));
                bytes[Array.IndexOf(bytes, (byte)'#')] = 0xff;
                await call.SendAsync(
                    $"HTTP/1.1 200 OK\r\nContent-Type: {(streamed ? "text/event-stream" : "application/json")}\r\nConnection: close\r\n\r\n"
                );
                await call.SendAsync(bytes);
            };

            Assert.Equal("a\ufffdb", await AskAsync(client, streamed));
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_caller_that_goes_away_ends_the_call_upstream(string protocol)
    {
        var wire = Wire.Of(protocol);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        upstream.Script = async call =>
        {
            await call.StreamAsync(wire.Begin, wire.Piece("Hel"));
            await call.HangAsync();
        };
        using var client = Client(wire);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("Hi", cancellationToken: gone.Token))
            {
                await gone.CancelAsync();
            }
        });

        await upstream.ClientGone.Task.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await layer.DisposeAsync();
        await upstream.DisposeAsync();
    }

    private static string Uncounted(string wire) => wire.Replace("\"usage\"", "\"other\"", StringComparison.Ordinal);

    private IChatClient Client(Wire wire) => layer.Router.ChatClient(layer.Target(wire.Provider, upstream.BaseUrl, Faults.Key));

    private static async Task<string> AskAsync(IChatClient client, bool streamed)
    {
        if (!streamed)
        {
            return (await client.GetResponseAsync("Hi", cancellationToken: Ct)).Text;
        }

        var text = new StringBuilder();
        await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: Ct))
        {
            text.Append(update.Text);
        }

        return text.ToString();
    }
}
