using Republic.Core.Tasks.Probes;

namespace Republic.Tests.Unit.Tasks;

public sealed class TaskProbeTests
{
    [Theory]
    [InlineData("Red\nGreen\nBlue")]
    [InlineData("1. red\n\n2. dark blue\n3. Yellow.\n")]
    [InlineData("- **Red**\n- *green*\n- blue")]
    public void Three_colours_on_three_lines_are_right(string answer) => Assert.True(Colours.IsRight(answer));

    [Theory]
    [InlineData("")]
    [InlineData("Red, green and blue")]
    [InlineData("Here are three colours:\nred\ngreen\nblue")]
    [InlineData("red\ngreen")]
    [InlineData("red\nred\nblue")]
    [InlineData("I am Sprout.\nI am small.\nAsk me something else.")]
    public void Anything_else_is_no_list_of_three_colours(string answer) => Assert.False(Colours.IsRight(answer));

    [Theory]
    [InlineData("THE BOAT LEAVES AT NINE", true)]
    [InlineData("\"THE BOAT LEAVES AT NINE.\"", true)]
    [InlineData("the boat leaves at nine", false)]
    [InlineData("The sentence is: THE BOAT LEAVES AT NINE", false)]
    [InlineData("THE BOAT LEAVES", false)]
    public void The_sentence_has_to_come_back_in_capital_letters(string answer, bool isRight) =>
        Assert.Equal(isRight, Capitals.IsRight(answer));

    [Theory]
    [InlineData("yes", true)]
    [InlineData("**Yes.**", true)]
    [InlineData("no", false)]
    [InlineData("Yes, 7 is larger than 3.", false)]
    [InlineData("yes or no", false)]
    public void One_word_was_asked_for(string answer, bool isRight) => Assert.Equal(isRight, YesOrNo.IsRight(answer));

    [Theory]
    [InlineData("yes", "yes")]
    [InlineData("<think>\n7 is larger, so yes", "")]
    [InlineData("<think>\n7 is larger\n</think>\n\nyes\n", "yes")]
    [InlineData("7 is larger</think>yes", "yes")]
    public void Thoughts_are_no_part_of_an_answer(string text, string answer) => Assert.Equal(answer, TaskProbe.WithoutThoughts(text));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Two_right_answers_are_enough(int right, bool follows) =>
        Assert.Equal(
            follows,
            new ProbedModel
            {
                File = "one",
                RightAnswers = right,
                ProbedAt = DateTimeOffset.UnixEpoch,
            }.FollowsTasks
        );

    private static TaskProbe Colours => TaskProbe.All[0];

    private static TaskProbe Capitals => TaskProbe.All[1];

    private static TaskProbe YesOrNo => TaskProbe.All[2];
}
