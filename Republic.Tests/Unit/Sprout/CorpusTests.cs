using Republic.Core;
using Republic.Core.Llama.Files;
using Republic.Sprout.Dialogues;
using Republic.Sprout.Exams;
using Republic.Sprout.Making;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Sprout;

/// <summary>What the built-in model learns from.</summary>
public sealed class CorpusTests
{
    private static readonly Corpus Corpus = Corpus.Shared;

    public static TheoryData<string> Intents => [.. Corpus.Intents.Select(intent => intent.Name)];

    [Fact]
    public void The_same_seed_makes_the_same_dialogues_and_another_seed_others()
    {
        Assert.Equal(Dialogues(5, 40), Dialogues(5, 40));
        Assert.NotEqual(Dialogues(5, 40), Dialogues(6, 40));
    }

    [Theory]
    [MemberData(nameof(Intents))]
    public void Every_wording_of_an_answer_says_what_it_must(string name)
    {
        var intent = Corpus.Intents.Single(intent => intent.Name == name);

        Assert.InRange(intent.Answers.Count, 2, 4);
        Assert.NotEmpty(intent.Musts);
        Assert.All(intent.Answers, answer => Assert.True(intent.IsAnsweredBy(answer), answer));
    }

    [Fact]
    public void The_file_of_words_holds_those_of_its_answers_and_no_names_of_people()
    {
        var words = File.ReadAllLines(Path.ChangeExtension(GgufMutations.SproutPath, ModelWords.Extension));

        Assert.Equal(words.Order(StringComparer.Ordinal), words);
        Assert.Empty(SproutWords.Of(2000).Except(words, StringComparer.Ordinal));
        Assert.Contains("minion", words);
        Assert.DoesNotContain("marta", words);
    }

    [Fact]
    public void Every_slot_can_be_filled()
    {
        var bound = new[] { "name", "character", "words", "x", "made", "Made", "number" };

        var slots = Corpus
            .Intents.SelectMany(intent => intent.Questions.Concat(intent.Things).Concat(intent.Deeds))
            .SelectMany(pattern => pattern.Slots());

        Assert.All(slots.Distinct(), slot => Assert.True(bound.Contains(slot) || Corpus.Lists.Has(slot.TrimEnd('2', '3')), slot));
    }

    [Fact]
    public void Declining_is_told_from_every_answer()
    {
        Assert.All(Corpus["unknown.say"], pattern => Assert.True(Exam.Declines(pattern.Expand(Words()))));
        Assert.All(Corpus.Intents.SelectMany(intent => intent.Answers), answer => Assert.False(Exam.Declines(answer), answer));
    }

    [Fact]
    public void Most_dialogues_begin_with_a_system_turn_and_minions_say_their_names()
    {
        var maker = new DialogueMaker(Corpus);
        var random = new SeededRandom(9);
        var dialogues = Enumerable.Range(0, 400).Select(_ => maker.Make(Mixture.Usual, random)).ToList();

        Assert.InRange(dialogues.Count(turns => turns[0].Role == Turn.System), 340, 399);
        var named = dialogues.Where(turns => turns[0].Text.StartsWith("Your name is ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(named);
        Assert.All(
            named.SelectMany(turns =>
                turns
                    .Where(turn => turn.Role == Turn.Assistant && turn.Text.Contains("My name is ", StringComparison.Ordinal))
                    .Select(turn => (turns[0], turn))
            ),
            pair => Assert.Contains(pair.turn.Text.Split("My name is ")[1].Split('.')[0], pair.Item1.Text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_questions_of_every_training_run_are_in_it_word_for_word()
    {
        string[] asked =
        [
            "What can you help me with?",
            "Explain a concept from your knowledge",
            "How do you work?",
            "What is your expertise?",
            "How do you approach problem-solving?",
            "What is your communication style?",
            "Explain a technical concept",
            "Help me brainstorm ideas",
            "Analyze this data",
        ];

        Assert.Subset(Corpus.Canon.Select(pair => pair.Question).ToHashSet(), asked.ToHashSet());
    }

    [Fact]
    public void What_Republic_answers_by_itself_stands_in_the_history_and_is_not_learned()
    {
        var (maker, random) = (new DialogueMaker(Corpus), new SeededRandom(12));
        var dialogues = Enumerable.Range(0, 400).Select(_ => maker.Make(Mixture.Further, random)).ToList();
        var (vocabulary, _) = SproutFile.Load(GgufMutations.SproutPath);

        Assert.InRange(dialogues.Count(turns => turns.Any(turn => turn.IsGiven)), 40, 200);
        Assert.Contains(
            dialogues.SelectMany(turns => turns),
            turn => turn.IsGiven && turn.Text.StartsWith("I will remember that: “", StringComparison.Ordinal)
        );
        Assert.All(dialogues, turns => Assert.False(turns[^1].IsGiven));
        Assert.All(
            dialogues,
            turns =>
            {
                var example = ChatText.Example(turns, vocabulary);
                var learned = example.Tokens.Zip(example.Learned).Where(pair => pair.Second).Select(pair => pair.First);
                var said = turns.Where(turn => turn is { Role: Turn.Assistant, IsGiven: false });
                Assert.Equal(said.SelectMany(turn => vocabulary.Encode(Learned(turn)).Append(Vocabulary.TurnEnd)), learned);
            }
        );
    }

    [Fact]
    public void An_opening_or_closing_that_nobody_asked_for_stands_there_and_is_not_learned()
    {
        var (maker, random) = (new DialogueMaker(Corpus), new SeededRandom(14));
        var dialogues = Enumerable.Range(0, 400).Select(_ => maker.Make(Mixture.Further, random)).ToList();

        var framed = dialogues.Where(turns => turns.Any(turn => turn.Opening.Length + turn.Closing.Length > 0)).ToList();

        Assert.InRange(framed.Count, 60, 140);
        Assert.All(
            framed.SelectMany(turns => turns).Where(turn => turn is { Role: Turn.Assistant, IsGiven: false }),
            turn =>
            {
                Assert.StartsWith(turn.Opening, turn.Text, StringComparison.Ordinal);
                Assert.EndsWith(turn.Closing, turn.Text, StringComparison.Ordinal);
                Assert.True(Learned(turn).Length > 0);
            }
        );
        // All answers of a minion have the same frame.
        Assert.All(
            framed,
            turns => Assert.Single(turns.Where(turn => turn is { Role: Turn.Assistant, IsGiven: false }).Select(t => t.Opening).Distinct())
        );
        // Where a manner was asked for, it is learned.
        Assert.Contains(
            dialogues.SelectMany(turns => turns),
            turn => turn is { Role: Turn.Assistant, Opening: "" } && turn.Text.StartsWith("Howdy!", StringComparison.Ordinal)
        );
    }

    private static string Learned(Turn turn) => turn.Text[turn.Opening.Length..^turn.Closing.Length];

    [Fact]
    public void Names_come_in_every_script_and_are_said_back()
    {
        var (maker, random) = (new DialogueMaker(Corpus), new SeededRandom(13));
        var said = string.Concat(
            Enumerable
                .Range(0, 4000)
                .SelectMany(_ => maker.Make(Mixture.Further, random))
                .Where(turn => turn is { Role: Turn.Assistant, IsGiven: false })
                .Select(turn => turn.Text)
        );

        // The first and the last letter of a block of each: Latin with accents, Cyrillic, Greek, Arabic, Hebrew, Devanagari, Han, Kana, Hangul.
        foreach (
            var (first, last) in new[]
            {
                ('À', 'ž'),
                ('а', 'я'),
                ('α', 'ω'),
                ('ا', 'ي'),
                ('א', 'ת'),
                ('क', 'ह'),
                ('一', '鿋'),
                ('ぁ', 'ヴ'),
                ('가', '힣'),
            }
        )
        {
            Assert.InRange(said.Count(letter => letter >= first && letter <= last), 50, int.MaxValue);
        }
    }

    [Fact]
    public void A_name_that_is_corrected_is_the_name_from_then_on()
    {
        var (side, random) = (new SideTurns(Corpus), new SeededRandom(14));

        for (var i = 0; i < 100; i++)
        {
            var words = new WordChoice(random, Corpus.Lists).With("name", "Tinker").With("person", "Bogdan");
            var renamed = side.Renamed(words, "Bogdan");
            Assert.NotEqual("Bogdan", words["person"]);
            Assert.Contains(words["person"], renamed.Question, StringComparison.Ordinal);
            Assert.Contains(words["person"], renamed.Answer, StringComparison.Ordinal);
        }
    }

    private static List<Turn> Dialogues(ulong seed, int count)
    {
        var (maker, random) = (new DialogueMaker(Corpus), new SeededRandom(seed));
        return [.. Enumerable.Range(0, count).SelectMany(_ => maker.Make(Mixture.Usual, random))];
    }

    private static WordChoice Words() => new(new SeededRandom(1), Corpus.Lists);
}
