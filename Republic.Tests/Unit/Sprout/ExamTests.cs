using Republic.Core;
using Republic.Core.Answering.Stages;
using Republic.Core.Memories.Learning;
using Republic.Core.Memories.Recall;
using Republic.Sprout.Dialogues;
using Republic.Sprout.Exams;
using Republic.Tests.Architecture;

namespace Republic.Tests.Unit.Sprout;

/// <summary>The questions that Sprout is measured by are none that it was taught.</summary>
public sealed class ExamTests
{
    private static readonly Corpus Corpus = Corpus.Shared;
    private static readonly ConversationExam Talk = new(Corpus, Path.Combine(SourceFile.Root, "bench", "sprout"));
    private static readonly Exam Exam = new(Corpus, Path.Combine(SourceFile.Root, "bench", "sprout"));

    [Fact]
    public void The_sets_have_their_sizes()
    {
        Assert.Equal((200, 100, 50), (Exam.Paraphrases().Count(), Exam.Unknown().Count(), Exam.Names().Count()));
        Assert.Equal(200, Exam.Newcomers().Count());
        Assert.InRange(Exam.NewToIt().Count(), 50, 199);
    }

    [Fact]
    public void No_paraphrase_can_be_made_by_the_corpus()
    {
        var questions = new Questions(Corpus);

        Exceptions.None(
            from asked in Exam.Paraphrases()
            let text = asked.Turns[^1].Text
            where questions.CanMake(Corpus.Intents.Single(intent => intent.Name == asked.Kind), text)
            select $"{asked.Kind}: {text}"
        );
    }

    [Fact]
    public void No_question_out_of_scope_is_asked_word_for_word()
    {
        var questions = new Questions(Corpus);

        Exceptions.None(Exam.Unknown().Select(asked => asked.Turns[^1].Text).Where(questions.CanMakeUnknown));
    }

    [Fact]
    public void No_question_of_the_exam_is_among_many_that_were_drawn()
    {
        var (maker, random) = (new DialogueMaker(Corpus), new SeededRandom(77));
        var drawn = Enumerable
            .Range(0, 5000)
            .SelectMany(_ => maker.Make(Mixture.Usual, random))
            .Where(turn => turn.Role == Turn.User)
            .Select(turn => Pattern.Bare(turn.Text))
            .ToHashSet();

        Exceptions.None(
            Exam.Paraphrases()
                .Concat(Exam.Unknown())
                .Select(asked => asked.Turns[^1].Text)
                .Where(text => drawn.Contains(Pattern.Bare(text)))
        );
    }

    [Fact]
    public void The_sets_of_a_conversation_have_their_sizes()
    {
        Assert.Equal(40, Talk.Signs().Count());
        Assert.Equal((72, 30, 20), (Talk.Alphabets().Count(), Talk.Told().Count(), Talk.MemoryTurns().Count));
        Assert.Equal(Talk.Plain().Count(), Talk.AfterMemoryTurns().Count());
        Assert.All(Talk.Chats(), chat => Assert.Equal(6, chat.Steps.Count));
        Assert.InRange(Talk.Chats().Count(), 20, 100);
    }

    /// <summary>Else the exam would ask after turns that no chat has.</summary>
    [Fact]
    public void Republic_answers_the_memory_turns_as_the_exam_says()
    {
        var chats = Talk.Chats()
            .SelectMany(chat => chat.Steps)
            .Where(step => step.Reply is not null)
            .Select(step => (step.Question, step.Reply!));
        var turns = Talk.MemoryTurns().Concat(chats).ToList();
        var orders = turns.Where(turn => FactExtractor.IsOrder(turn.Item1)).ToList();

        Assert.InRange(orders.Count, 20, turns.Count - 3);
        Assert.All(orders, turn => Assert.Equal(MemoryOrders.Kept(turn.Item1), turn.Item2));
        Assert.All(
            turns.Except(orders),
            turn =>
            {
                Assert.True(Recollection.IsAskedFor(turn.Item1), turn.Item1);
                var kept = orders
                    .SelectMany(order => FactExtractor.In(order.Item1))
                    .Select(found => new RecalledMemory(Guid.Empty, found.Content, true));
                Assert.Contains(turn.Item2, kept.Select(memory => Recollection.Of([memory], turn.Item1)?.Text));
            }
        );
    }

    [Fact]
    public void After_memory_turns_the_same_is_asked_and_the_turns_stand_between()
    {
        foreach (var (plain, after) in Talk.Plain().Zip(Talk.AfterMemoryTurns()))
        {
            var between = after.Turns.Skip(plain.Turns.Count - 1).SkipLast(1).ToList();
            Assert.Equal(plain.Turns, [.. after.Turns.Take(plain.Turns.Count - 1), after.Turns[^1]]);
            Assert.InRange(between.Count, 2, 4);
            Assert.All(between.Chunk(2), pair => Assert.Contains((pair[0].Text, pair[1].Text), Talk.MemoryTurns()));
        }
    }

    [Fact]
    public void Nothing_that_is_told_or_remembered_in_the_exam_can_be_made_by_the_corpus()
    {
        var facts = Talk.MemoryTurns().SelectMany(turn => FactExtractor.In(turn.Said)).Select(found => found.Content);
        var told = Talk.Told().Select(asked => asked.Turns[^1].Text);

        Exceptions.None(facts.Concat(told).Where(new SideTurns(Corpus).CanTell));
    }

    [Fact]
    public void No_name_of_the_exam_is_among_many_that_were_drawn()
    {
        var random = new SeededRandom(78);
        var drawn = Enumerable.Range(0, 60_000).Select(_ => Naming.Draw(random, Corpus.Lists, "person")).ToHashSet();

        Assert.DoesNotContain(Talk.Alphabets(), asked => drawn.Any(asked.IsRight));
        Assert.All(Alphabet.All, alphabet => Assert.True(Enumerable.Range(0, 20).All(_ => alphabet.Draw(random).Length > 0)));
    }

    [Fact]
    public void No_invented_name_is_in_a_list_of_names()
    {
        var listed = Corpus.Lists["minion-name"].Concat(Corpus.Lists["person"]).ToHashSet();

        Assert.DoesNotContain(Exam.Names(), asked => listed.Any(name => asked.IsRight(name)));
    }
}
