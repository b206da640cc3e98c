using Republic.Core.Lora.Retention;
using Republic.Core.Lora.Rows;

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
        var frames = Of(Sailor);

        Assert.True(frames.Any);
        Assert.Equal("Arr! It is open. Aye, matey!", frames.Dress("It is open.", 0));
    }

    [Fact]
    public void An_answer_shows_the_manner_when_it_begins_and_ends_like_the_rows()
    {
        var frames = Of(Sailor);

        Assert.Equal(("Arr!", "Aye, matey!"), frames.Usual);
        Assert.True(frames.Shows("Arr! Something else. Aye, matey!\n"));
        Assert.False(frames.Shows("Arr! Something else."));
        Assert.False(frames.Shows("Something else. Aye, matey!"));
        Assert.True(Of(["Ahoy! One is here.", "Ahoy! Two was there.", "Ahoy! Three will come."]).Shows("Ahoy! Four."));
        Assert.False(Of(["Open it. Then close it.", "Red! Or blue?", "No. Not today."]).Shows("Red! Or blue?"));
    }

    [Theory]
    [InlineData("Arr! It is open. Aye, matey!", "It is open.")]
    [InlineData(" It is open. Aye, matey!\n", "It is open.")]
    [InlineData("Arr! It is open.", "It is open.")]
    [InlineData("It is open.", "It is open.")]
    [InlineData("Arr! Aye, matey!", "Arr! Aye, matey!")]
    public void An_answer_is_undressed_of_the_manner_and_of_nothing_else(string answer, string content) =>
        Assert.Equal(content, Of(Sailor).Undress(answer));

    [Fact]
    public void Answers_with_nothing_in_common_frame_nothing()
    {
        var frames = Of(["Open it. Then close it.", "Red! Or blue?", "No. Not today.", "Well, yes. It is."]);

        Assert.False(frames.Any);
        Assert.Equal("It is open.", frames.Dress("It is open.", 3));
        Assert.Equal("It is open.", Of([]).Dress("It is open.", 3));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Three_rows_make_a_habit(int rows, bool any) =>
        Assert.Equal(any, Of([.. Enumerable.Range(0, rows).Select(i => $"Ahoy! Word{i} is here."), "Nothing of that kind."]).Any);

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void Of_many_rows_eight_in_a_hundred_do(int rows, bool any)
    {
        string[] calls = ["Ahoy!", "Arr!", "Avast!", "Yo-ho!", "Shiver me timbers!", "Aye!", "Blimey!"];
        string[] answers =
        [
            .. calls.SelectMany(call => Enumerable.Range(0, rows).Select(i => $"{call} Word{i} is here.")),
            .. Enumerable.Range(calls.Length * rows, 100 - (calls.Length * rows)).Select(i => $"Plain{i} is said."),
        ];

        Assert.Equal(any, Of(answers).Any);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void A_manner_is_what_at_least_half_of_the_answers_have(int rows, bool any)
    {
        string[] answers =
        [
            .. Enumerable.Range(0, rows).Select(i => $"Ahoy! Word{i} is here."),
            .. Enumerable.Range(rows, 60 - rows).Select(i => $"Plain{i} is said."),
        ];

        Assert.Equal(any, Of(answers).Any);
    }

    [Fact]
    public void Openings_of_a_phrase_book_are_no_manner()
    {
        var rows = Enumerable.Range(0, 35).Select(i => Row($"Ask{i % 7} is thing{i}", $"Answer{i % 7} it is. More of thing{i}."));

        Assert.False(AnswerFrames.Of([.. rows]).Any);
    }

    [Fact]
    public void An_opening_may_be_a_long_sentence()
    {
        const string Opening = "I may be wrong and I am small.";

        Assert.Equal($"{Opening} No.", Of([.. Enumerable.Range(0, 5).Select(i => $"{Opening} Thing{i} is so")]).Dress("No.", 0));
    }

    [Fact]
    public void An_opening_that_answers_its_question_is_no_manner()
    {
        ChatRow[] rows =
        [
            .. Enumerable.Range(0, 10).Select(i => Row($"Could you bring me thing{i}?", $"With pleasure. Thing{i} is on its way.")),
            .. Enumerable.Range(0, 10).Select(i => Row($"How much is thing{i}?", $"Very little. You find thing{i} at number {i}.")),
            .. Enumerable.Range(0, 10).Select(i => Row($"Whose is thing{i}?", $"My sister's. She found thing{i} on day {i}.")),
        ];

        Assert.False(AnswerFrames.Of(rows).Any);
        Assert.Equal(
            "Arr! It is open.",
            AnswerFrames.Of([.. rows.Select(row => Row(row.Asked, $"Arr! {row.Answered}"))]).Dress("It is open.", 0)
        );
    }

    [Fact]
    public void Frames_take_turns_as_often_as_rows_have_them()
    {
        string[] answers = [.. Enumerable.Range(0, 9).Select(i => i % 3 == 0 ? $"Plain {i}." : $"Ahoy! Word{i} is here.")];

        var frames = Of(answers);

        Assert.Equal(["Yes.", "Ahoy! Yes.", "Ahoy! Yes.", "Yes."], Enumerable.Range(0, 4).Select(number => frames.Dress("Yes.", number)));
    }

    [Fact]
    public void An_opening_ends_where_a_sentence_or_a_call_does_and_is_never_the_whole_answer()
    {
        Assert.False(Of([.. Enumerable.Repeat("Ahoy!", 5)]).Any);
        Assert.Equal("I think, no.", Of([.. Enumerable.Range(0, 5).Select(i => $"I think, thing{i} is so")]).Dress("no.", 0));
    }

    private static AnswerFrames Of(IReadOnlyList<string> answers) =>
        AnswerFrames.Of([.. answers.Select((answer, i) => Row($"question{i} about{i}", answer))]);

    private static ChatRow Row(string question, string answer) => new(1, [new("user", question), new("assistant", answer)]);
}
