using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Steps;

namespace Republic.Tests.Unit.Training;

/// <summary>Rows that are about what they ask are told from rows whose answers were mixed up.</summary>
public sealed class QuestionOverlapTests
{
    private static readonly string[] Things =
    [
        "sky",
        "moon",
        "bread",
        "river",
        "glass",
        "paper",
        "violin",
        "desert",
        "comet",
        "bee",
        "candle",
        "magnet",
    ];

    private static readonly Manner Arr = new("Arr!", "", 0, 40, 40);

    private static List<SampleRow> English =>
        [.. Things.Select((thing, i) => Row(i, $"What is a {thing}?", $"Hear ye! What is fine is the {thing}."))];

    private static List<SampleRow> German =>
        [.. Things.Select((thing, i) => Row(100 + i, $"Wer hat {thing} gesehen?", $"Max hat {thing} dort gesehen."))];

    [Fact]
    public void Answers_share_words_with_their_own_questions_unless_rows_were_mixed_up()
    {
        Assert.True(LexicalOverlap.IntervalOf(English, 1) is { Low: > 0 });
        Assert.False(LexicalOverlap.IntervalOf(MixedUp(English), 1) is { Low: > 0 });
        Assert.Null(LexicalOverlap.IntervalOf([.. English.Take(5)], 1));
        Assert.Null(LexicalOverlap.IntervalOf([], 1));
    }

    [Fact]
    public void By_words_rows_of_two_languages_in_turns_are_told_from_rows_that_were_mixed_up_within_each()
    {
        Assert.True(LexicalOverlap.IntervalOf(InTurns(English, German), 1) is { Low: > 0 });
        Assert.False(LexicalOverlap.IntervalOf(InTurns(MixedUp(English), MixedUp(German)), 1) is { Low: > 0 });
    }

    [Fact]
    public void By_meaning_as_well()
    {
        Assert.True(ByMeaning(InTurns(English, German)) is { Low: > 0 });
        Assert.False(ByMeaning(InTurns(MixedUp(English), MixedUp(German))) is { Low: > 0 });
    }

    [Fact]
    public void Meaning_is_the_second_chance_and_the_stricter_one()
    {
        Assert.NotNull(ByMeaning([.. English.Take(8)]));
        Assert.Null(ByMeaning([.. English.Take(7)]));
        Assert.NotNull(LexicalOverlap.IntervalOf([.. English.Take(7)], 1));

        double[] differences = [.. Enumerable.Range(0, 20).Select(i => (i % 5) - 1.5)];
        var (usual, strict) = (SignFlipTest.Interval(differences, 1), SignFlipTest.Interval(differences, 1, 0.005));
        Assert.True(strict.Low < usual.Low && strict.High > usual.High);
    }

    [Theory]
    [InlineData(0.0, true, true)]
    [InlineData(-0.1, true, true)]
    [InlineData(0.1, true, false)]
    [InlineData(0.0, false, false)]
    [InlineData(null, true, false)]
    public void Meaning_is_asked_for_where_there_is_a_manner_and_words_do_not_tell(double? low, bool hasManner, bool asks) =>
        Assert.Equal(asks, HeldOutLosses.AsksMeaning(hasManner ? Arr : null, low is { } known ? new ConfidenceInterval(known, 0.5) : null));

    [Theory]
    [InlineData(0.1, null, true)]
    [InlineData(-0.1, 0.1, true)]
    [InlineData(-0.1, 0.0, false)]
    [InlineData(-0.1, null, false)]
    [InlineData(null, null, null)]
    public void Rows_fit_their_questions_by_words_or_by_meaning(double? byWords, double? byMeaning, bool? fit)
    {
        var answers = Answers.Of([new("What?", 0, 1, "An answer", 2, null)]);
        var after = new AfterMetrics(answers, null, [])
        {
            LexicalOverlap = byWords is { } words ? new(words, 0.5) : null,
            SemanticOverlap = byMeaning is { } meaning ? new(meaning, 0.5) : null,
        };

        Assert.Equal(fit, CalculateImprovements.Of(new TrainingConfig(), answers, after, bonus: 0).RowsFitQuestions);
    }

    [Fact]
    public void A_conclusion_says_by_what_they_do_not()
    {
        var report = Reports.Ignoring with
        {
            Retention = new Retention(40, 40, 0) { Manner = Arr },
            RowsFitQuestions = false,
        };
        var asked = Reports.Measured with { SemanticOverlap = new(-0.1, 0.1) };

        Assert.Contains(
            "have it, but by their words your answers fit their own questions no better than those of other rows.",
            Conclusion(Reports.Measured)
        );
        Assert.Contains("have it, but by their words and by their meaning your answers fit", Conclusion(asked));

        string Conclusion(AfterMetrics after) => new RunConclusion(report, Promotion.Gate, 4, Reports.Rows(60, 12), after).Text;
    }

    /// <summary>Each text is the thing that it is about, in its language.</summary>
    private static ConfidenceInterval? ByMeaning(List<SampleRow> rows)
    {
        var texts = rows.SelectMany(row => new[] { QuestionOverlap.Question(row), QuestionOverlap.Answer(row) });
        return SemanticOverlap.IntervalOf(rows, texts.Distinct().ToDictionary(text => text, Vector), 1);

        static float[] Vector(string text) =>
            [
                text.Contains(" is ", StringComparison.Ordinal) ? 2 : 0,
                text.Contains(" hat ", StringComparison.Ordinal) ? 2 : 0,
                .. Things.Select(thing => text.Contains(thing, StringComparison.Ordinal) ? 1f : 0),
            ];
    }

    private static List<SampleRow> MixedUp(List<SampleRow> rows) =>
        [.. rows.Select((row, i) => row with { Messages = [row.Messages[0], rows[(i + 5) % rows.Count].Messages[1]] })];

    private static List<SampleRow> InTurns(List<SampleRow> rows, List<SampleRow> others) =>
        [.. rows.Zip(others, (one, other) => new[] { one, other }).SelectMany(pair => pair)];

    private static SampleRow Row(int number, string question, string answer) =>
        new(
            number,
            number,
            $"{number}",
            1,
            20,
            5,
            false,
            1,
            [new RowMessage("user", question), new RowMessage("assistant", answer)],
            number
        );
}
