using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Sprout;
using Republic.Tests.Architecture;

namespace Republic.Tests.Unit.Sprout;

/// <summary>The questions that Sprout is measured by are none that it was taught.</summary>
public sealed class ExamTests
{
    private static readonly Corpus Corpus = Corpus.Shared;
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
    public void No_invented_name_is_in_a_list_of_names()
    {
        var listed = Corpus.Lists["minion-name"].Concat(Corpus.Lists["person"]).ToHashSet();

        Assert.DoesNotContain(Exam.Names(), asked => listed.Any(name => asked.IsRight(name)));
    }
}
