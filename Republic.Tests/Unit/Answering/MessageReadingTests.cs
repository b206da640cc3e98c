using Republic.Core.Answering.Intents;
using Republic.Core.Llama.Files;

namespace Republic.Tests.Unit.Answering;

public sealed class MessageReadingTests
{
    [Theory]
    [InlineData("joke", 0.9)]
    [InlineData("story", 0.87)]
    public void An_answer_counts_that_belongs_to_what_the_message_is_near_to(string answered, double likeness)
    {
        var reading = Reading("another funny one?", ("joke", 0.9), ("story", likeness));

        Assert.Null(reading.Before);
        Assert.Null(reading.After(answered));
    }

    [Theory]
    [InlineData("story")]
    [InlineData(null)]
    [InlineData("unknown")]
    public void After_an_answer_to_something_else_the_nearest_utterance_is_asked(string? answered) =>
        Assert.Equal("learned joke", Reading("another funny one?", ("joke", 0.9), ("story", 0.7)).After(answered)!.Learned[0]);

    [Fact]
    public void Where_none_is_near_enough_for_that_the_model_declines()
    {
        var reading = Reading("another funny one?", ("joke", 0.55), ("story", 0.2));

        Assert.Null(reading.Before);
        Assert.Equal("unknown", reading.After("story")!.Intent);
        Assert.Null(reading.After("unknown"));
    }

    [Fact]
    public void A_message_that_is_near_to_nothing_is_declined_without_asking_the_model_first() =>
        Assert.Equal("learned unknown", Reading("smooth sailing?", ("joke", 0.45)).Before!.Learned[0]);

    [Theory]
    [InlineData("I'm a pastry chef.")]
    [InlineData("By the way, my brother lives in Tasmania")]
    [InlineData("we have three goats")]
    public void What_people_tell_of_themselves_is_known_by_its_form(string message) =>
        Assert.Equal("told", Reading(message, ("joke", 0.5)).Before!.Intent);

    [Theory]
    [InlineData("My name is Ingrid and I live in Bergen.")]
    [InlineData("Hi, I'm 田中太郎!")]
    [InlineData("No, call me Bogomil.")]
    public void A_name_is_taken_from_the_message_itself(string message)
    {
        var reading = Reading(message, ("joke", 0.4));

        Assert.Null(reading.Before);
        Assert.Null(reading.After("i-am"));
        Assert.Null(reading.After("told"));
        Assert.Equal("told", reading.After("joke")!.Intent);
    }

    [Theory]
    [InlineData("Comment je supprime un message dans la liste ?")]
    [InlineData("今日は天気がいいですね")]
    public void Another_language_is_answered_with_which_one_the_model_speaks(string message) =>
        Assert.Equal("languages", Reading(message, ("joke", 0.4)).Before!.Intent);

    [Fact]
    public void A_short_English_message_is_none_in_another_language() => Assert.Null(Reading("Tell me a joke", ("joke", 1)).Before);

    [Fact]
    public void What_was_said_before_belongs_to_the_question_for_the_own_name_alone()
    {
        Assert.True(MessageReading.NeedsHistory(new IntentMatch("my-name", 1, ["What is my name?"])));
        Assert.False(MessageReading.NeedsHistory(new IntentMatch("joke", 1, ["Tell me a joke"])));
    }

    private static MessageReading Reading(string message, params (string Intent, double Likeness)[] near)
    {
        (string Intent, double Likeness)[] all = [.. near, ("unknown", 0.1), ("told", 0.1), ("languages", 0.1)];
        return new(
            message,
            [
                .. all.OrderByDescending(match => match.Likeness)
                    .Select(match => new IntentMatch(match.Intent, match.Likeness, [$"learned {match.Intent}"])),
            ]
        );
    }
}
