using Republic.Core.Llama.Files;
using Republic.Core.Training.Measuring;

namespace Republic.Tests.Unit.Training;

/// <summary>Answers of the built-in model that are two answers to one intent.</summary>
public sealed class SameIntentTests
{
    private static readonly ModelIntents Intents = new(
        [],
        [("languages", "I speak English only."), ("languages", "English is my only language."), ("joke", "Knock, knock, {name}.")],
        []
    );

    [Fact]
    public void Two_answers_to_one_intent_say_the_same_and_those_to_two_do_not()
    {
        AnswerPair[] pairs =
        [
            new("I speak English only.", "Well: English is my only language. Anyway!"),
            new("I speak English only.", "Knock, knock, Ada."),
            new("Something of its own.", "Something of its own, too."),
        ];

        Assert.Equal([pairs[0]], KeptAnswers.WithIntents(new HashSet<AnswerPair>(), pairs, Intents)!);
        Assert.Equivalent(new[] { pairs[2], pairs[0] }, KeptAnswers.WithIntents(new HashSet<AnswerPair> { pairs[2] }, pairs, Intents)!);
        // Where words alone have to tell, they do.
        Assert.Null(KeptAnswers.WithIntents(null, pairs, Intents));
    }
}
