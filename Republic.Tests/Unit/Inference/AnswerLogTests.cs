using System.Text;
using Republic.Core.Inference.Supervision;

namespace Republic.Tests.Unit.Inference;

/// <summary>The events of a streamed answer, of which any piece may be the last that a child sends.</summary>
public sealed class AnswerLogTests
{
    private const string Role =
        """data: {"id":"a-1","created":7,"choices":[{"delta":{"role":"assistant","content":""},"finish_reason":null}]}""";
    private const string End = """data: {"id":"a-1","created":7,"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{}}""";
    private const string Error = """data: {"error":{"message":"No."}}""";
    private readonly AnswerLog log = new();

    [Fact]
    public void Only_whole_events_are_passed_on_and_half_of_one_is_dropped()
    {
        Add($"{Role}\n\n{Word("One ")}\n\n{Word("two")}\n");

        Assert.Equal($"{Role}\n\n{Word("One ")}\n\n", Given());
        Assert.True(log.HasProgressed);
        var begun = log.Resume()!;
        Assert.Equal(("a-1", 7L, "One "), (begun.Id, begun.Created, begun.Text));

        Add($"{Word("\\\"2\\\"")}\n\n");
        Assert.Equal($"{Word("\\\"2\\\"")}\n\n", Given());
        Assert.Equal("One \"2\"", log.Resume()!.Text);
    }

    [Fact]
    public void Where_nothing_was_passed_on_there_is_nothing_to_go_on_with()
    {
        Add(Role);

        Assert.Null(log.Resume());
        Add($"{Role}\n\n");
        Assert.False(log.HasProgressed);
        Assert.Equal("", log.Resume()!.Text);
        Assert.False(log.HasProgressed);
    }

    [Theory]
    [InlineData($"{Role}\n\n{End}\n\n")]
    [InlineData($"{Role}\n\n{End}\n\ndata: [DONE]\n\n")]
    [InlineData($"{Role}\n\n{Error}\n\n")]
    public void An_answer_that_came_to_its_end_is_finished(string events)
    {
        Add(events);

        Assert.True(log.IsFinished);
    }

    [Fact]
    public void A_very_long_answer_is_passed_on_and_not_kept()
    {
        Add($"{Role}\n\n");
        var (sent, given) = (0, Given().Length);
        while (log.IsComplete)
        {
            sent += Add($"{Word(new string('a', 3000))}\n\n");
            given += Given().Length;
        }

        Assert.InRange(sent, 4 << 20, 5 << 20);
        Assert.Equal(sent + Role.Length + 2, given);
        Assert.False(log.IsFinished);
        Add("data: [DONE]\n\n");
        Assert.True(log.IsFinished);
    }

    private static string Word(string text) =>
        $$"""data: {"id":"a-1","created":7,"choices":[{"delta":{"content":"{{text}}"},"finish_reason":null}]}""";

    private int Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.CopyTo(log.Space());
        log.Add(bytes.Length);
        return bytes.Length;
    }

    private string Given()
    {
        var buffer = new byte[64];
        var text = new StringBuilder();
        while (log.Give(buffer) is > 0 and var count)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }
}
