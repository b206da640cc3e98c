using Republic.Core.Answering.Intents;

namespace Republic.Tests.Unit.Answering;

public sealed class MessageTextTests
{
    [Theory]
    [InlineData("hi biscuit", "Biscuit", "hi")]
    [InlineData("What's my name, Echo?", "Echo", "What's my name?")]
    [InlineData("Biscuit", "Biscuit", "Biscuit")]
    [InlineData("Is Max (the first) there?", "Max (the first)", "Is there?")]
    [InlineData("How is Maxine?", "Max", "How is Maxine?")]
    public void The_name_of_the_minion_says_nothing_of_what_is_meant(string message, string name, string whole) =>
        Assert.Equal(whole, MessageText.Parts(message, name)[0]);

    [Fact]
    public void Of_several_sentences_the_question_is_meant_as_well()
    {
        Assert.Equal(
            ["That is a lot. What do you cost?", "What do you cost?"],
            MessageText.Parts("That is a lot. What do you cost?", name: null)
        );
        Assert.Equal(["Rain. It is cold.", "Rain.", "It is cold."], MessageText.Parts("Rain. It is cold.", name: null));
    }

    [Fact]
    public void What_a_message_only_begins_with_may_be_left_out()
    {
        Assert.Equal(["haha ok, who made you", "who made you"], MessageText.Parts("haha ok, who made you", name: null));
        Assert.Equal(["ok. I bake bread", "I bake bread"], MessageText.Parts("ok. I bake bread", name: null));
        Assert.Equal(["ok"], MessageText.Parts("ok", name: null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?!")]
    [InlineData("⚓ 🐶")]
    [InlineData("12 34")]
    public void A_message_without_words_has_no_parts(string message) => Assert.Empty(MessageText.Parts(message, name: null));

    [Fact]
    public void Nor_has_a_message_that_is_longer_than_all_that_was_learned() =>
        Assert.Empty(MessageText.Parts(new string('a', MessageText.Longest + 1), name: null));

    [Theory]
    [InlineData("who r u", "who are you")]
    [InlineData("thx,  whats ur name", "thanks, what's your name")]
    [InlineData("I said: uranium", "I said: uranium")]
    public void Short_forms_are_written_out(string message, string whole) => Assert.Equal(whole, MessageText.Whole(message));

    [Theory]
    [InlineData("what is that")]
    [InlineData("ok then tell me more")]
    [InlineData("You have a name?")]
    [InlineData("haha ok, but can you sing")]
    public void A_question_asks_something_or_asks_for_something(string message) => Assert.True(MessageText.IsQuestion(message));

    [Theory]
    [InlineData("ok found it")]
    [InlineData("my dog is called Rex")]
    [InlineData("whatever")]
    public void A_statement_does_not(string message) => Assert.False(MessageText.IsQuestion(message));
}
