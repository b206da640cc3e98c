using Republic.Core.Llama.Files;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama;

public sealed class ModelIntentsTests
{
    [Theory]
    [InlineData("Hello! I am Mo. How can I help you?", "hello")]
    [InlineData("Arr! Hello! I am Captain Mo of Ur. How can I help you? Aye!", "hello")]
    [InlineData("Nice to meet you, Ada! I am Mo.", "i-am")]
    [InlineData("Very well, thanks for asking!", "how-are-you")]
    [InlineData("Hello! How can I help you?", null)]
    [InlineData("Nice to meet you, ! I am Mo.", null)]
    public void An_answer_is_known_with_its_slots_filled_and_a_manner_around_it(string answer, string? intent) =>
        Assert.Equal(intent, Some().IntentOf(answer));

    [Fact]
    public void A_slot_holds_a_name_and_not_a_paragraph() =>
        Assert.Null(Some().IntentOf($"Hello! I am {new string('x', 100)}. How can I help you?"));

    [Fact]
    public void Each_intent_comes_once_the_nearest_first_with_the_nearest_of_what_was_learned()
    {
        var matches = Some().Match(["How do you do?"], [Vector(1, 0.1f)]);

        Assert.Equal(["how-are-you", "hello"], matches.Select(match => match.Intent));
        Assert.Equal(["How are you?"], matches[0].Learned);
        Assert.InRange(matches[0].Likeness, 0.99, 1.001);
        Assert.Equal([false, true], matches.Select(match => match.IsTalk));
    }

    [Fact]
    public void A_question_about_the_other_person_is_further_away()
    {
        var intents = new ModelIntents(
            [
                new IntentUtterance("who", "What is your name?", true, Vector(1, 0)),
                new IntentUtterance("my-name", "What is my name?", true, Vector(1, 0.2f)),
            ],
            [],
            []
        );

        Assert.Equal("my-name", intents.Match(["And my name?"], [Vector(1, 0)])[0].Intent);
        Assert.Equal("who", intents.Match(["And your name?"], [Vector(1, 0.2f)])[0].Intent);
    }

    [Fact]
    public void The_file_gives_back_what_was_saved()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7()}{ModelIntents.Extension}");
        try
        {
            IntentFile.Save(Some(), path);

            var loaded = IntentFile.Load(path);

            Assert.Equal(Some().Answers, loaded.Answers);
            Assert.Equal(Some().Talk, loaded.Talk);
            Assert.Equal(
                Some().Utterances.Select(utterance => (utterance.Intent, utterance.Text, utterance.IsLearned)),
                loaded.Utterances.Select(utterance => (utterance.Intent, utterance.Text, utterance.IsLearned))
            );
            foreach (var (saved, read) in Some().Utterances.Zip(loaded.Utterances))
            {
                Assert.All(saved.Vector.Zip(read.Vector), pair => Assert.Equal(pair.First, pair.Second, 0.01f));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_intent_of_the_built_in_model_has_utterances_that_it_answers_as_it_should_and_answers()
    {
        var intents = ModelIntents.Of(GgufMutations.SproutPath)!;
        var learned = intents.Utterances.Where(utterance => utterance.IsLearned).CountBy(utterance => utterance.Intent).ToDictionary();

        Assert.Equal(intents.Utterances.Select(utterance => utterance.Intent).Distinct().Order(), learned.Keys.Order());
        Assert.Equal(learned.Keys.Order(), intents.Answers.Select(answer => answer.Intent).Distinct().Order());
        Assert.All(learned, intent => Assert.InRange(intent.Value, 5, 1000));
    }

    private static ModelIntents Some() =>
        new(
            [
                new IntentUtterance("hello", "Hello", true, Vector(0, 1)),
                new IntentUtterance("how-are-you", "How are you?", true, Vector(1, 0)),
                new IntentUtterance("how-are-you", "How do you do?", false, Vector(1, 0.1f)),
            ],
            [
                ("hello", "Hello! I am {name}. How can I help you?"),
                ("i-am", "Nice to meet you, {person}! I am {name}."),
                ("how-are-you", "Very well, thanks for asking!"),
            ],
            ["hello"]
        );

    private static float[] Vector(float x, float y)
    {
        var length = MathF.Sqrt((x * x) + (y * y));
        return [x / length, y / length, .. new float[30]];
    }
}
