using Republic.Core.Answering.Intents;
using Republic.Core.Llama.Files;

namespace Republic.Tests.Unit.Answering;

public sealed class IntentDecisionTests
{
    [Theory]
    [InlineData("joke", 0.84)]
    [InlineData("story", 0.74)]
    public void An_answer_counts_that_belongs_to_what_the_message_is_near_to(string answered, double likeness)
    {
        var reading = Reading("have you another funny one?", ("joke", 0.84), ("story", likeness));

        Assert.Null(reading.Before);
        Assert.Null(reading.After(answered));
    }

    [Theory]
    [InlineData("story")]
    [InlineData(null)]
    [InlineData("unknown")]
    public void After_an_answer_to_something_else_the_nearest_utterance_is_asked(string? answered) =>
        Assert.Equal("learned joke", Reading("another funny one?", ("joke", 0.9), ("story", 0.82)).After(answered)!.Learned[0]);

    [Theory]
    [InlineData("training", 0.67)]
    [InlineData("joke", 0.58)]
    public void Where_none_is_near_enough_for_that_the_model_declines(string nearest, double likeness)
    {
        var reading = Reading("what about another one?", (nearest, likeness));

        Assert.Null(reading.Before);
        Assert.Equal("unknown", reading.After("story")!.Intent);
        Assert.Null(reading.After("unknown"));
    }

    [Theory]
    [InlineData("training", 0.6)]
    [InlineData("joke", 0.5)]
    public void A_question_that_is_near_to_nothing_is_declined_without_asking_the_model_first(string nearest, double likeness) =>
        Assert.Equal("learned unknown", Reading("which smooth sailing?", (nearest, likeness)).Before!.Learned[0]);

    [Theory]
    [InlineData("I'm a pastry chef.")]
    [InlineData("By the way, my brother lives in Tasmania")]
    [InlineData("we have three goats")]
    [InlineData("she took the dog too")]
    public void What_people_tell_is_known_by_its_form(string message) =>
        Assert.Equal("told", Reading(message, ("joke", 0.45)).Before!.Intent);

    [Theory]
    [InlineData("beep boop")]
    [InlineData("ok found it")]
    public void A_reaction_is_agreed_with(string message) => Assert.Equal("agree", Reading(message, ("joke", 0.45)).Before!.Intent);

    [Fact]
    public void A_statement_is_no_question_however_near_it_is_to_one() =>
        Assert.Equal("told", Reading("my favourite colour is purple", ("asked", 0.8)).Before!.Intent);

    [Theory]
    [InlineData("told")]
    [InlineData("i-am")]
    [InlineData("agree")]
    public void A_question_is_no_statement_however_near_it_is_to_one(string statement)
    {
        var reading = Reading("write a fizzbuzz in rust", (statement, 0.9));

        Assert.Null(reading.Before);
        Assert.Equal("unknown", reading.After(statement)!.Intent);
    }

    [Theory]
    [InlineData("My name is Ingrid and I live in Bergen.")]
    [InlineData("Hi, I'm 田中太郎!")]
    [InlineData("No, call me Bogomil.")]
    [InlineData("OK so I try in English. I am Thierry")]
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
        Assert.True(IntentDecision.NeedsHistory(new IntentMatch("my-name", 1, ["What is my name?"])));
        Assert.False(IntentDecision.NeedsHistory(new IntentMatch("joke", 1, ["Tell me a joke"])));
    }

    private static IntentDecision Reading(string message, params (string Intent, double Likeness)[] near)
    {
        (string Intent, double Likeness)[] all = [.. near, ("unknown", 0.1), ("told", 0.05), ("languages", 0.1), ("agree", 0.05)];
        return new(
            message,
            [
                .. all.OrderByDescending(match => match.Likeness)
                    .Select(match => new IntentMatch(
                        match.Intent,
                        match.Likeness,
                        [$"learned {match.Intent}"],
                        IsTalk: match.Intent != "training"
                    )),
            ]
        );
    }
}
