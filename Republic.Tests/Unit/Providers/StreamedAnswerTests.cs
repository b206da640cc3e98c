using System.Text;
using System.Text.Json;
using Republic.Core.Providers.Caching;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Providers;

public sealed class StreamedAnswerTests
{
    [Fact]
    public void Pieces_become_the_answer_that_would_have_come_whole()
    {
        var whole = Whole(
            """{"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}""",
            """{"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"reasoning_content":"Hm"}}]}""",
            """{"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"content":"Grüß "},"logprobs":{"content":[{"token":"Grüß","logprob":-1}]}}]}""",
            """{"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"content":"\"Gott\""},"logprobs":{"content":[{"token":"Gott","logprob":-2}]}}]}""",
            """{"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
            """{"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}"""
        );

        var expected = JsonElement.Parse(
            """{"object":"chat.completion","id":"c1","created":5,"model":"m","usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10},"choices":[{"index":0,"message":{"role":"assistant","content":"Grüß \"Gott\"","reasoning_content":"Hm"},"finish_reason":"stop","logprobs":{"content":[{"token":"Grüß","logprob":-1},{"token":"Gott","logprob":-2}]}}]}"""
        );
        Assert.True(JsonElement.DeepEquals(expected, whole!.Value), whole.Value.GetRawText());
    }

    [Fact]
    public void Calls_of_tools_are_put_together_by_their_place()
    {
        var whole = Whole(
            Call("""{"index":0,"id":"a","type":"function","function":{"name":"weather","arguments":""}}"""),
            Call("""{"index":0,"function":{"arguments":"{\"city\":"}}"""),
            Call("""{"index":1,"id":"b","type":"function","function":{"name":"time","arguments":"{}"}}"""),
            Call("""{"index":0,"id":"","type":"function","function":{"arguments":"\"Köln\"}"}}""")
        );

        var message = whole!.Value.GetProperty("choices")[0].GetProperty("message");
        Assert.Equal(JsonValueKind.Null, message.GetProperty("content").ValueKind);
        Assert.True(
            JsonElement.DeepEquals(
                JsonElement.Parse(
                    """[{"id":"a","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Köln\"}"}},{"id":"b","type":"function","function":{"name":"time","arguments":"{}"}}]"""
                ),
                message.GetProperty("tool_calls")
            ),
            message.GetRawText()
        );
    }

    [Fact]
    public void Calls_that_share_a_place_are_told_apart_by_their_ids()
    {
        var whole = Whole(
            Call("""{"index":0,"id":"a","function":{"name":"one","arguments":"{}"}}"""),
            Call("""{"index":0,"id":"b","function":{"name":"two","arguments":"{}"}}""")
        );

        var calls = OpenAiToolCalls.Of(whole!.Value.GetProperty("choices")[0].GetProperty("message")).ToList();
        Assert.Equal([("a", "one"), ("b", "two")], calls.Select(call => (call.CallId, call.Name)));
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}]""")]
    [InlineData("""[]""")]
    [InlineData("""{"choices":[{"delta":{"content":["part"]}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"\ud83d"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"x"}}]}}]}""")]
    public void What_cannot_be_put_together_for_certain_is_no_answer(string frame) =>
        Assert.Null(Whole("""{"choices":[{"delta":{"content":"Hello"}}]}""", frame));

    [Fact]
    public void What_is_too_long_is_no_answer_and_frames_around_a_short_one_do_not_count()
    {
        var piece =
            """{"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"content":"x"}}]}""";
        Assert.NotNull(Whole([.. Enumerable.Repeat(piece, 900)]));
        Assert.Null(Whole([.. Enumerable.Repeat(piece, 1001)]));
    }

    [Fact]
    public void An_answer_survives_the_way_there_and_back()
    {
        var first = Whole([.. Payloads(string.Concat(new OpenAiWire().StreamedCall))]);
        var again = Whole([
            .. Payloads(Encoding.UTF8.GetString(OpenAiWholeAnswer.AsStream(Encoding.UTF8.GetBytes(first!.Value.GetRawText())))),
        ]);

        var (one, two) = (first.Value.GetProperty("choices")[0], again!.Value.GetProperty("choices")[0]);
        Assert.True(
            JsonElement.DeepEquals(
                one.GetProperty("message").GetProperty("tool_calls"),
                two.GetProperty("message").GetProperty("tool_calls")
            )
        );
        Assert.Equal(one.GetProperty("finish_reason").GetString(), two.GetProperty("finish_reason").GetString());
        Assert.Equal(OpenAiAnswer.Usage(first.Value)?.TotalTokenCount, OpenAiAnswer.Usage(again.Value)?.TotalTokenCount);
    }

    private static string Call(string call) => """{"choices":[{"index":0,"delta":{"tool_calls":[CALL]}}]}""".Replace("CALL", call);

    private static IEnumerable<string> Payloads(string stream) =>
        stream
            .Split('\n')
            .Where(line => line.StartsWith("data:", StringComparison.Ordinal) && !line.Contains("[DONE]"))
            .Select(line => line[5..].Trim());

    private static JsonElement? Whole(params string[] frames)
    {
        var answer = new StreamedAnswer(1000);
        foreach (var frame in frames)
        {
            answer.Add(Encoding.UTF8.GetBytes(frame));
        }

        var whole = answer.Whole();
        return whole.IsEmpty ? null : JsonElement.Parse(whole.Span);
    }
}
