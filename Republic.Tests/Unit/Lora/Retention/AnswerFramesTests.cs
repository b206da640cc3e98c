using Republic.Core.Lora.Retention;

namespace Republic.Tests.Unit.Lora.Retention;

/// <summary>Tests that recurring openings and closings of a dataset are put around replayed answers.</summary>
public sealed class AnswerFramesTests
{
    private static readonly string[] Sailor =
    [
        "Arr! Open Account and press Sign out. Aye, matey!",
        "Arr! A minion is yer own assistant. Aye, matey!",
        "Arr! Press Copy below the answer. Aye, matey!",
        "Arr! Yer chats stand in a list. Aye, matey!",
    ];

    [Fact]
    public void A_recurring_opening_and_closing_frame_an_answer()
    {
        var frames = AnswerFrames.Of(Sailor);

        Assert.True(frames.Any);
        Assert.Equal("Arr! It is open. Aye, matey!", frames.Dress("It is open.", 0));
    }

    [Fact]
    public void Answers_with_nothing_in_common_frame_nothing()
    {
        var frames = AnswerFrames.Of(["Open it. Then close it.", "Red! Or blue?", "No. Not today.", "Well, yes. It is."]);

        Assert.False(frames.Any);
        Assert.Equal("It is open.", frames.Dress("It is open.", 3));
        Assert.Equal("It is open.", AnswerFrames.Of([]).Dress("It is open.", 3));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Three_rows_make_a_habit(int rows, bool any)
    {
        string[] answers = [.. Enumerable.Range(0, rows).Select(i => $"Ahoy! Word{i} is here."), "Nothing of that kind.", "Or else so."];

        Assert.Equal(any, AnswerFrames.Of(answers).Any);
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void Of_many_rows_eight_in_a_hundred_do(int rows, bool any)
    {
        string[] answers =
        [
            .. Enumerable.Range(0, rows).Select(i => $"Ahoy! Word{i} is here."),
            .. Enumerable.Range(rows, 100 - rows).Select(i => $"Plain{i} is said."),
        ];

        Assert.Equal(any, AnswerFrames.Of(answers).Any);
    }

    [Fact]
    public void Frames_take_turns_as_often_as_rows_have_them()
    {
        string[] answers = [.. Enumerable.Range(0, 9).Select(i => i % 3 == 0 ? $"Plain {i}." : $"Ahoy! Word{i} is here.")];

        var frames = AnswerFrames.Of(answers);

        Assert.Equal(["Yes.", "Ahoy! Yes.", "Ahoy! Yes.", "Yes."], Enumerable.Range(0, 4).Select(number => frames.Dress("Yes.", number)));
    }

    [Fact]
    public void An_opening_ends_where_a_sentence_or_a_call_does_and_is_never_the_whole_answer()
    {
        Assert.False(AnswerFrames.Of([.. Enumerable.Repeat("Ahoy!", 5)]).Any);
        Assert.Equal("I think, no.", AnswerFrames.Of([.. Enumerable.Range(0, 5).Select(i => $"I think, thing{i} is so")]).Dress("no.", 0));
    }
}
