using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>Tools and images, to and from every protocol.</summary>
public sealed class ProtocolToolTests : IAsyncLifetime
{
    private static readonly AIFunctionDeclaration Weather = AIFunctionFactory.CreateDeclaration(
        "weather",
        "How it is outside",
        JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""")
    );

    private static readonly ChatOptions WithTool = new()
    {
        Tools = [Weather],
        ToolMode = ChatToolMode.RequireSpecific("weather"),
        AllowMultipleToolCalls = false,
    };

    private readonly RawUpstream upstream = new();
    private ProviderLayer layer = null!;

    public static TheoryData<string> Protocols => ProtocolContractTests.Protocols;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        layer = new ProviderLayer([("Outbound:AllowedHosts:0", upstream.Authority)]);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_call_comes_with_its_name_id_and_arguments(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call => call.JsonAsync(wire.WholeCall);
        using var client = Client(wire);

        var answer = await client.GetResponseAsync("How is it in Köln?", WithTool, Ct);

        AssertWeather(Assert.Single(answer.Messages[0].Contents.OfType<FunctionCallContent>()));
        Assert.Equal((ChatFinishReason.ToolCalls, ""), (answer.FinishReason, answer.Text));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_streamed_call_is_put_together_from_its_pieces(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call => call.StreamAsync([.. wire.StreamedCall]);
        var calls = new OpenAiToolCalls();

        using var answer = await layer.SendAsync(
            layer.Target(wire.Provider, upstream.BaseUrl),
            "/chat/completions",
            """{"stream":true,"messages":[{"role":"user","content":"How is it in Köln?"}]}"""u8.ToArray(),
            stream: true,
            Ct
        );
        foreach (
            var line in (await answer.Content.ReadAsStringAsync(Ct))
                .Split('\n')
                .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
        )
        {
            if (OpenAiAnswer.Choice(JsonElement.Parse(line[6..])) is { } choice)
            {
                calls.Add(choice);
            }
        }

        AssertWeather(Assert.Single(calls.Take()));
        Assert.Empty(calls.Take());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Calls_that_are_streamed_side_by_side_stay_apart_in_the_routers_own_stream(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call => call.StreamAsync([.. wire.ParallelCalls]);
        using var client = Client(wire);

        var answer = (await client.GetStreamingResponseAsync("How is it?", WithTool, Ct).ToListAsync(Ct)).ToChatResponse();

        Assert.Equal(
            [("call_7", "weather", "Köln"), ("call_8", "weather", "Bonn")],
            answer
                .Messages.SelectMany(message => message.Contents)
                .OfType<FunctionCallContent>()
                .Select(call => (call.CallId, call.Name, call.Arguments!["city"]?.ToString()!))
        );
        Assert.Equal(ChatFinishReason.ToolCalls, answer.FinishReason);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_stream_that_breaks_off_in_a_calls_arguments_is_an_error_and_no_call(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call =>
            call.StreamAsync([.. wire.StreamedCall.TakeWhile(frame => !frame.Contains("Köln", StringComparison.Ordinal))]);

        var (error, calls) = await BrokenAsync(wire);

        Assert.Equal(ProviderErrorKind.Interrupted, error.Kind);
        Assert.Empty(calls);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_answer_that_was_long_enough_in_the_middle_of_a_calls_arguments_is_an_error_too(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call =>
            call.StreamAsync([
                .. wire.StreamedCall.TakeWhile(frame => !frame.Contains("Köln", StringComparison.Ordinal)),
                wire.EndByLength,
            ]);

        var (error, calls) = await BrokenAsync(wire);

        Assert.Equal(ProviderErrorKind.Interrupted, error.Kind);
        Assert.Contains("in the middle of a call of “weather”", error.Message, StringComparison.Ordinal);
        Assert.Contains("allow more tokens", error.Message, StringComparison.Ordinal);
        Assert.Empty(calls);
    }

    [Fact]
    public async Task Chat_completions_are_told_of_tools_calls_results_and_pictures()
    {
        var body = await SentAsync(Wire.Of("openai"));

        Same(
            """[{"type":"function","function":{"name":"weather","description":"How it is outside","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]""",
            body["tools"]
        );
        Same("""{"type":"function","function":{"name":"weather"}}""", body["tool_choice"]);
        Same("false", body["parallel_tool_calls"]);
        Same(
            """
            [{"role":"user","content":[{"type":"text","text":"Here?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQI="}},{"type":"image_url","image_url":{"url":"https://example.com/a.jpg"}}]},
             {"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Bonn\"}"}},{"id":"b","type":"function","function":{"name":"weather","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"a","content":"rain"},
             {"role":"tool","tool_call_id":"b","content":"{\"sun\":true}"},
             {"role":"user","content":"Thanks"}]
            """,
            body["messages"]
        );
    }

    [Fact]
    public async Task The_messages_api_is_told_of_tools_calls_results_and_pictures()
    {
        var body = await SentAsync(Wire.Of("anthropic"));

        Same(
            """[{"name":"weather","description":"How it is outside","input_schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}]""",
            body["tools"]
        );
        Same("""{"type":"tool","name":"weather","disable_parallel_tool_use":true}""", body["tool_choice"]);
        Same(
            """
            [{"role":"user","content":[{"type":"text","text":"Here?"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQI="}},{"type":"image","source":{"type":"url","url":"https://example.com/a.jpg"}}]},
             {"role":"assistant","content":[{"type":"tool_use","id":"a","name":"weather","input":{"city":"Bonn"}},{"type":"tool_use","id":"b","name":"weather","input":{}}]},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"rain"}]},{"type":"tool_result","tool_use_id":"b","content":[{"type":"text","text":"{\"sun\":true}"}]},{"type":"text","text":"Thanks"}]}]
            """,
            body["messages"]
        );
    }

    public async ValueTask DisposeAsync()
    {
        await layer.DisposeAsync();
        await upstream.DisposeAsync();
    }

    private static void AssertWeather(FunctionCallContent call)
    {
        Assert.Equal(("call_7", "weather"), (call.CallId, call.Name));
        Assert.Null(call.Exception);
        Assert.Equal("Köln", call.Arguments!["city"]?.ToString());
    }

    private static void Same(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());

    private async Task<(ProviderException Error, List<FunctionCallContent> Calls)> BrokenAsync(Wire wire)
    {
        using var client = Client(wire);
        List<FunctionCallContent> calls = [];
        var error = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("How is it?", WithTool, Ct))
            {
                calls.AddRange(update.Contents.OfType<FunctionCallContent>());
            }
        });
        return (error, calls);
    }

    private IChatClient Client(Wire wire) => layer.Router.ChatClient(layer.Target(wire.Provider, upstream.BaseUrl));

    private async Task<JsonNode> SentAsync(Wire wire)
    {
        upstream.Script = call => call.JsonAsync(wire.Whole("Hello"));
        using var client = Client(wire);
        await client.GetResponseAsync(
            [
                new(
                    ChatRole.User,
                    [
                        new TextContent("Here?"),
                        new DataContent(new byte[] { 1, 2 }, "image/png"),
                        new UriContent("https://example.com/a.jpg", "image/jpeg"),
                    ]
                ),
                new(
                    ChatRole.Assistant,
                    [
                        new FunctionCallContent("a", "weather", new Dictionary<string, object?> { ["city"] = "Bonn" }),
                        new FunctionCallContent("b", "weather"),
                    ]
                ),
                new(ChatRole.Tool, [new FunctionResultContent("a", "rain"), new FunctionResultContent("b", new { sun = true })]),
                new(ChatRole.User, "Thanks"),
            ],
            WithTool,
            Ct
        );
        return VendorRequest.Parse(Assert.Single(upstream.Requests)).Body!;
    }
}
