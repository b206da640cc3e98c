using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Providers;
using Republic.Core.Providers.Protocols.Anthropic;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Providers;

public sealed class AnthropicAnswerTests
{
    private static readonly ModelTarget Target = new(ProviderCatalog.Embedded().Find("anthropic")!, "claude", null, "sk-canary-0123456789");

    [Fact]
    public void A_message_becomes_a_chat_completion()
    {
        var answer = Whole(
            """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","stop_reason":"tool_use",
             "content":[{"type":"thinking","thinking":"Hm.","signature":"s"},{"type":"text","text":"Let me "},{"type":"text","text":"look."},
                        {"type":"tool_use","id":"t1","name":"f","input":{"a":[1]}},{"type":"server_tool_use","id":"t2"}],
             "usage":{"input_tokens":10,"cache_read_input_tokens":200,"cache_creation_input_tokens":30,"output_tokens":5}}
            """
        );

        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    {"id":"msg_1","object":"chat.completion","created":9,"model":"claude-x",
                     "choices":[{"index":0,"message":{"role":"assistant","content":"Let me look.","refusal":null,"reasoning_content":"Hm.",
                       "tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{\"a\":[1]}"}}]},"logprobs":null,"finish_reason":"tool_calls"}],
                     "usage":{"prompt_tokens":240,"completion_tokens":5,"total_tokens":245,"prompt_tokens_details":{"cached_tokens":200,"cache_write_tokens":30}}}
                    """
                ),
                answer
            ),
            answer.ToJsonString()
        );
    }

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("refusal", "content_filter")]
    [InlineData("tool_use", "tool_calls")]
    [InlineData("something_new", "stop")]
    public void The_reason_takes_the_other_words(string given, string expected) =>
        Assert.Equal(expected, (string?)Whole($$"""{"content":[],"stop_reason":"{{given}}"}""")["choices"]![0]!["finish_reason"]);

    [Theory]
    [InlineData("overloaded_error", ProviderErrorKind.Unavailable, true)]
    [InlineData("rate_limit_error", ProviderErrorKind.RateLimited, true)]
    [InlineData("authentication_error", ProviderErrorKind.BadKey, false)]
    [InlineData("invalid_request_error", ProviderErrorKind.BadRequest, false)]
    [InlineData("never_heard_of", ProviderErrorKind.Unavailable, true)]
    public void An_error_in_an_answer_is_as_transient_as_its_type(string type, ProviderErrorKind kind, bool isTransient)
    {
        var error = Assert.Throws<ProviderException>(() => Whole(new AnthropicWire().Error("No", type)));

        Assert.Equal((kind, isTransient), (error.Kind, error.IsTransient));
    }

    [Fact]
    public void Every_event_is_turned_at_once_and_nothing_is_said_before_the_model_speaks()
    {
        var frames = new AnthropicFrames(Target, created: 9);

        Assert.Equal(
            ["", "", "reasoning_content:Hm", "", "content:Hal", "content:lo", "", "stop", "usage 5/1", ""],
            new[]
            {
                """{"type":"message_start","message":{"id":"m","model":"x","usage":{"input_tokens":5,"output_tokens":0}}}""",
                """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}""",
                """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}""",
                """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"abc"}}""",
                """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hal"}}""",
                """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"lo"}}""",
                """{"type":"an_event_of_next_year"}""",
                """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":1}}""",
                """{"type":"message_stop"}""",
                """{"type":"message_stop"}""",
            }.Select(data => Told(frames, data))
        );
    }

    [Fact]
    public void A_call_without_arguments_has_empty_ones()
    {
        var calls = new OpenAiToolCalls();
        var frames = new AnthropicFrames(Target, created: 9);
        foreach (
            var data in new[]
            {
                """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"a","name":"now","input":{}}}""",
                """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}""",
                """{"type":"content_block_stop","index":1}""",
            }
        )
        {
            frames.Turn(Encoding.UTF8.GetBytes(data));
        }

        foreach (var frame in Encoding.UTF8.GetString(frames.Written.Span).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            calls.Add(OpenAiAnswer.Choice(JsonElement.Parse(frame[6..]))!.Value);
        }

        var call = Assert.Single(calls.Take());
        Assert.Equal(("a", "now", 0), (call.CallId, call.Name, call.Arguments!.Count));
        Assert.Contains("\"arguments\":\"{}\"", Encoding.UTF8.GetString(frames.Written.Span));
    }

    private static JsonNode Whole(string message)
    {
        using var json = JsonDocument.Parse(message);
        return JsonNode.Parse(AnthropicAnswer.Translate(Target, json.RootElement, created: 9).Span)!;
    }

    // What one event gave, in short.
    private static string Told(AnthropicFrames frames, string data)
    {
        frames.Clear();
        frames.Turn(Encoding.UTF8.GetBytes(data));
        var text = Encoding.UTF8.GetString(frames.Written.Span).Replace("data: [DONE]\n\n", "", StringComparison.Ordinal);
        if (text.Length == 0)
        {
            return "";
        }

        var frame = JsonNode.Parse(text[6..])!;
        if (frame["usage"] is { } usage)
        {
            return $"usage {usage["prompt_tokens"]}/{usage["completion_tokens"]}";
        }

        var said = frame["choices"]![0]!["delta"]!.AsObject().FirstOrDefault(member => member.Key is not ("role" or "refusal"));
        return said.Key is null ? $"{frame["choices"]![0]!["finish_reason"]}" : $"{said.Key}:{said.Value}";
    }
}
