using System.Text;
using System.Text.Json.Nodes;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Providers;

public sealed class StreamEndTests
{
    private static readonly string Usual = Say.Piece("Hel") + Say.Piece("lo") + Say.Finish + Say.Usage;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void Usage_is_told_beside_the_reason_for_the_end(int lines)
    {
        var sent = Run(Usual, null, lines: lines);

        Assert.StartsWith(Say.Piece("Hel") + Say.Piece("lo"), sent);
        var frames = Frames(sent);
        Assert.Equal(3, frames.Count);
        Assert.Equal("stop", Reason(frames[2]));
        Assert.Equal(10, (int)frames[2]["usage"]!["total_tokens"]!);
        Assert.All(frames, frame => Assert.NotEmpty(frame["choices"]!.AsArray()));
    }

    [Fact]
    public void Who_asks_for_usage_gets_it_in_one_frame_of_its_own()
    {
        var frames = Frames(Run(Usual, true));

        Assert.Equal(4, frames.Count);
        Assert.All(frames[..3], frame => Assert.Null(frame["usage"]));
        Assert.Equal("stop", Reason(frames[2]));
        Assert.Empty(frames[3]["choices"]!.AsArray());
        Assert.Equal(("c1", 10), ((string)frames[3]["id"]!, (int)frames[3]["usage"]!["total_tokens"]!));
    }

    [Fact]
    public void Who_wants_none_gets_none()
    {
        var sent = Run(Usual, false);

        Assert.DoesNotContain("usage", sent);
        Assert.Equal("stop", Reason(Frames(sent)[2]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    [InlineData(false)]
    public void Usage_in_any_other_frame_is_told_in_its_place_alone(bool? wish)
    {
        const string counted =
            """data: {"id":"c1","choices":[{"index":0,"delta":{"content":"!"},"finish_reason":null}],"usage":{"total_tokens":9},"x":1}""";
        const string late = """data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":null}],"usage":{"total_tokens":12}}""";
        const string empty = """data: {"id":"","choices":[],"prompt_filter_results":[]}""";

        int?[] counts = wish switch
        {
            null => [null, null, 12],
            true => [null, null, null, 12],
            false => [null, null, null],
        };

        var frames = Frames(Run($"{empty}\n\n{counted}\n\n{Say.Finish}{late}\n\n", wish));

        Assert.Equal(("!", 1), ((string)frames[0]["choices"]![0]!["delta"]!["content"]!, (int)frames[0]["x"]!));
        Assert.Equal("stop", Reason(frames[2]));
        Assert.Equal(counts, frames.Select(frame => (int?)frame["usage"]?["total_tokens"]));
    }

    [Fact]
    public void An_estimate_takes_the_place_of_what_was_counted()
    {
        var end = new OpenAiStreamEnd(null);
        end.Take(Encoding.UTF8.GetBytes(Usual));
        end.Count("{\"total_tokens\":77}"u8.ToArray());

        Assert.Equal(77, (int)Assert.Single(Frames(Encoding.UTF8.GetString(end.End().Span)))["usage"]!["total_tokens"]!);
    }

    [Fact]
    public void A_stream_without_a_reason_gets_one_to_end_with()
    {
        var frames = Frames(Run(Say.Piece("Hi") + Say.Usage, null));

        Assert.Equal(2, frames.Count);
        Assert.Equal(("stop", "c1"), (Reason(frames[1]), (string?)frames[1]["id"]));
        Assert.Equal(10, (int)frames[1]["usage"]!["total_tokens"]!);
    }

    [Fact]
    public void Of_several_choices_each_keeps_its_own_reason()
    {
        static string Of(int index, string delta, string? reason) =>
            $$$"""data: {"id":"c1","choices":[{"index":{{{index}}},"delta":{{{delta}}},"finish_reason":{{{(reason is null ? "null" : $"\"{reason}\"")}}}}]}{{{"\n\n"}}}""";
        var frames = Frames(
            Run(
                Of(0, "{\"content\":\"a\"}", null)
                    + Of(0, "{}", "length")
                    + Of(1, "{\"content\":\"b\"}", null)
                    + Of(1, "{}", "stop")
                    + Say.Usage,
                null
            )
        );

        (int, string?, string?)[] said = [(0, "a", null), (1, "b", null), (0, null, "length"), (1, null, "stop")];
        Assert.Equal(
            said,
            frames.Select(frame =>
                ((int)frame["choices"]![0]!["index"]!, (string?)frame["choices"]![0]!["delta"]!["content"], Reason(frame))
            )
        );
        Assert.Equal(
            [3],
            frames.Select((frame, place) => (frame, place)).Where(one => one.frame["usage"] is not null).Select(one => one.place)
        );
    }

    [Fact]
    public void Citations_come_with_the_reason_and_in_place_of_a_vendors_own()
    {
        var own = Say.Finish.Replace("\"id\":\"c1\"", "\"id\":\"c1\",\"citations\":[\"theirs\"]", StringComparison.Ordinal);

        var frames = Frames(Run(Say.Piece("Hi") + own + Say.Usage, true, "[{\"number\":1}]"));

        Assert.Equal("""[{"number":1}]""", frames[1]["citations"]!.ToJsonString());
        Assert.Null(frames[2]["citations"]);
    }

    [Fact]
    public void What_was_kept_back_goes_out_before_the_stream_breaks_off()
    {
        var end = new OpenAiStreamEnd(null);
        Assert.True(end.Broken().IsEmpty);
        end.Take(Encoding.UTF8.GetBytes(Say.Finish));

        Assert.Equal(Say.Finish, Encoding.UTF8.GetString(end.Broken().Span));
    }

    [Fact]
    public void Words_in_a_text_are_not_taken_for_an_end()
    {
        var said = Say.Piece("""he said \"finish_reason\":\"stop\", \"usage\":{} and \"choices\":[]""");
        var comment = ": ping\n\n";

        Assert.StartsWith(said + comment, Run(said + comment + Say.Finish, null));
    }

    /// <param name="lines">As many are taken at once.</param>
    private static string Run(string stream, bool? wish, string citations = "", int lines = 2)
    {
        var end = new OpenAiStreamEnd(wish, Encoding.UTF8.GetBytes(citations));
        var sent = new StringBuilder();
        foreach (var some in stream.Split('\n')[..^1].Select(line => line + "\n").Chunk(lines))
        {
            sent.Append(Encoding.UTF8.GetString(end.Take(Encoding.UTF8.GetBytes(string.Concat(some))).Span));
        }

        return sent.Append(Encoding.UTF8.GetString(end.End().Span)).ToString();
    }

    private static List<JsonNode> Frames(string sent) =>
        [.. sent.Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line[5..])!)];

    private static string? Reason(JsonNode frame) => (string?)frame["choices"]![0]!["finish_reason"];
}
