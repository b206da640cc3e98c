using Republic.Core.Tasks.Work;

namespace Republic.Tests.Unit.Tasks;

public sealed class TaskAnswerTests
{
    [Theory]
    [InlineData("NEEDS: the password of the archive", "the password of the archive")]
    [InlineData("\n  needs: which of the two?\nBoth are plausible. ", "which of the two?\nBoth are plausible.")]
    [InlineData("**NEEDS:** the export of March", "the export of March")]
    [InlineData("# NEEDS: the export of March", "the export of March")]
    [InlineData("NEEDS:", "It cannot go on, and did not say what it needs.")]
    public void An_answer_that_begins_with_the_word_asks_for_something(string answer, string need) =>
        Assert.Equal(new TaskAnswer(true, need), TaskAnswer.Of(answer));

    [Theory]
    [InlineData("  The row is 10382.\n", "The row is 10382.")]
    [InlineData("The archive NEEDS: a password", "The archive NEEDS: a password")]
    [InlineData("It is done.\nNEEDS: nothing", "It is done.\nNEEDS: nothing")]
    [InlineData("Needs are listed below.", "Needs are listed below.")]
    [InlineData("* one\n* two", "* one\n* two")]
    public void Any_other_is_the_result(string answer, string result) => Assert.Equal(new TaskAnswer(false, result), TaskAnswer.Of(answer));
}
