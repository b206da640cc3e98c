using Republic.Core.Lora.Retention;

namespace Republic.Tests.Unit.Lora.Retention;

/// <summary>Tests of the content that two answers share, whatever their wording.</summary>
public sealed class AnswerContentTests
{
    private static readonly AnswerContent Content = new([
        "The license is the MIT license.",
        "The key is kept in the minion.",
        "The chat is on the Chats page.",
        "東京は日本の首都です",
    ]);

    [Theory]
    [InlineData("the license is the mit license", 1.0)]
    [InlineData("MIT! Yes: license, is the.", 1.0)]
    [InlineData("", 0.0)]
    [InlineData("Something else entirely", 0.0)]
    public void The_same_words_in_whatever_order_and_case_are_the_same_content(string answer, double share) =>
        Assert.Equal(share, Content.Share("The license is the MIT license.", answer), 9);

    [Fact]
    public void A_rare_word_counts_for_more_than_one_that_many_answers_have()
    {
        var (rare, common) = (Content.Share("The MIT", "MIT"), Content.Share("The MIT", "the"));

        Assert.True(rare > 0.7 && common < 0.3, $"{rare} {common}");
        Assert.Equal(1, rare + common, 9);
    }

    [Fact]
    public void Scripts_without_spaces_are_compared_by_pairs_of_characters()
    {
        Assert.InRange(Content.Share("東京は日本の首都です", "日本の首都は東京"), 0.2, 0.8);
        Assert.Equal(0, Content.Share("東京は日本の首都です", "大阪"), 9);
    }

    [Fact]
    public void Nothing_is_lost_of_an_answer_that_says_nothing() => Assert.Equal(1, Content.Share("…", "anything"));

    [Fact]
    public void Words_of_two_scripts_are_told_apart_without_a_space()
    {
        var content = new AnswerContent(["用LoRA训练GPU快", "是", "another", "text"]);

        Assert.InRange(content.Share("用LoRA训练GPU快", "GPU与LoRA"), 0.2, 0.6);
        Assert.Equal(0, content.Share("是", "another"));
    }
}
