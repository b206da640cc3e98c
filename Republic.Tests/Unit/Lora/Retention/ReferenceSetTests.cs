using Republic.Core.Lora.Retention;

namespace Republic.Tests.Unit.Lora.Retention;

public sealed class ReferenceSetTests
{
    private const string Answer = "alpha beta gamma delta";
    private const string Other = "one two three four";

    [Theory]
    [InlineData("alpha beta", true)]
    [InlineData("alpha", false)]
    [InlineData(Other, false)]
    [InlineData("", false)]
    public void Two_fifths_of_a_reference_are_enough(string answer, bool says) =>
        Assert.Equal(says, Set([Answer, Answer, Answer]).Says(answer));

    [Fact]
    public void Any_of_the_wordings_will_do()
    {
        var set = Set([Answer, Answer, Other]);

        Assert.True(set.Says(Other));
        Assert.Equal(1, set.ShareOf(Other), 9);
    }

    [Fact]
    public void Where_its_own_wordings_share_little_an_answer_needs_to_share_no_more()
    {
        // Each shares one word of four with the next.
        var set = Set(["alpha beta gamma delta", "delta one two three", "three red green blue"]);

        Assert.InRange(set.Threshold, 0.01, 0.39);
        Assert.True(set.Says("delta"));
        Assert.Equal(0.4, Set([Answer, Answer, Answer]).Threshold);
    }

    [Fact]
    public void References_that_share_nothing_let_not_every_answer_pass()
    {
        var set = Set(["alpha beta", "one two", "red green"]);

        Assert.Equal(0.15, set.Threshold);
        Assert.False(set.Says("something else"));
    }

    [Fact]
    public void The_threshold_is_the_median_of_what_the_references_share()
    {
        // The last two have a quarter of the next one, and the first three are the same.
        var set = Set([Answer, Answer, Answer, "gamma one two three", "three red green blue"]);

        Assert.Equal(0.4, set.Threshold);
    }

    [Fact]
    public void Agreement_is_the_share_of_samples_that_say_the_same()
    {
        var set = Set([Answer, Answer, Answer]);

        Assert.Equal(0.6, AnswerSamples.Agreement(set, [Answer, Other, "alpha beta", "alpha", "delta gamma"]));
        Assert.Equal(0, AnswerSamples.Agreement(set, [Other]));
    }

    private static ReferenceSet Set(IReadOnlyList<string> texts) => new(new AnswerContent([string.Join('\n', texts), "unrelated"]), texts);
}
