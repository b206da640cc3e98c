using System.Text;
using System.Text.Json;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Providers;

public sealed class WholeAnswerTests
{
    [Fact]
    public void An_answer_that_came_whole_loses_nothing_as_a_stream()
    {
        var frame = Frame(new OpenAiWire().WholeCall);
        var calls = new OpenAiToolCalls();
        calls.Add(OpenAiAnswer.Choice(frame)!.Value);

        var call = Assert.Single(calls.Take());
        Assert.Equal(("call_7", "weather", "Köln"), (call.CallId, call.Name, call.Arguments!["city"]?.ToString()));
        Assert.Equal("tool_calls", OpenAiAnswer.FinishReason(OpenAiAnswer.Choice(frame)!.Value)?.Value);
        Assert.Equal(10, OpenAiAnswer.Usage(frame)?.TotalTokenCount);
    }

    [Fact]
    public void Thoughts_stay_thoughts()
    {
        var frame = Frame("""{"choices":[{"message":{"reasoning":"Hm","content":"Hi"},"finish_reason":"stop"}]}""");

        Assert.Equal(
            """{"role":"assistant","reasoning_content":"Hm","content":"Hi","refusal":null}""",
            OpenAiAnswer.Choice(frame)!.Value.GetProperty("delta").GetRawText()
        );
    }

    [Fact]
    public void A_refusal_stays_one_and_what_is_not_there_is_null()
    {
        var frame = Frame("""{"choices":[{"message":{"content":null,"refusal":"No."},"finish_reason":"stop"}]}""");

        Assert.Equal(
            """{"index":0,"delta":{"role":"assistant","content":null,"refusal":"No."},"logprobs":null,"finish_reason":"stop"}""",
            frame.GetProperty("choices")[0].GetRawText()
        );
    }

    [Fact]
    public void When_it_was_made_and_how_likely_each_word_was_stay_with_it()
    {
        var frame = Frame(
            """{"created":5,"choices":[{"message":{"content":"Hi"},"logprobs":{"content":[{"token":"Hi","logprob":-1}]},"finish_reason":"stop"}]}"""
        );

        Assert.Equal(5, frame.GetProperty("created").GetInt64());
        Assert.Equal(
            -1,
            frame.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content")[0].GetProperty("logprob").GetInt32()
        );
    }

    [Fact]
    public void Each_of_several_choices_has_a_frame_and_the_last_has_the_usage()
    {
        var stream = Encoding.UTF8.GetString(
            OpenAiWholeAnswer.AsStream(
                """{"id":"c1","choices":[{"message":{"content":"a"},"finish_reason":"stop"},{"message":{"content":"b"},"finish_reason":"length"}],"usage":{"total_tokens":5}}"""u8.ToArray()
            )
        );
        var frames = stream.Split("\n\n")[..2].Select(frame => JsonElement.Parse(frame["data: ".Length..])).ToList();

        Assert.Equal(
            [(0, "a", "stop"), (1, "b", "length")],
            frames
                .Select(frame => frame.GetProperty("choices")[0])
                .Select(choice =>
                    (
                        choice.GetProperty("index").GetInt32(),
                        choice.GetProperty("delta").GetProperty("content").GetString()!,
                        choice.GetProperty("finish_reason").GetString()!
                    )
                )
        );
        Assert.Equal([false, true], frames.Select(frame => frame.TryGetProperty("usage", out _)));
    }

    private static JsonElement Frame(string whole)
    {
        var stream = Encoding.UTF8.GetString(OpenAiWholeAnswer.AsStream(Encoding.UTF8.GetBytes(whole)));
        Assert.EndsWith("data: [DONE]\n\n", stream);
        return JsonElement.Parse(stream.Split("\n\n")[0]["data: ".Length..]);
    }
}
