using Republic.Core;
using Republic.Core.Datasets.Versions;
using Republic.Core.Training;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Steps;
using Republic.Tests.Unit.Datasets;

namespace Republic.Tests.Unit.Training;

/// <summary>A version that only came closer to how its rows sound, whatever they are asked, is not better.</summary>
public sealed class QuestionEffectTests
{
    private const int Runs = 200;
    private static readonly Answers Asked = new([new("What?", 0, 1, "An answer", 2, null)], 2);

    [Fact]
    public void Of_versions_that_ignore_their_questions_few_are_promoted_though_all_came_closer() =>
        Assert.InRange(Promoted(effect: 0), 0, (Runs * 5 / 100) - 1);

    [Fact]
    public void Of_versions_that_answer_their_questions_most_are_promoted() =>
        Assert.InRange(Promoted(effect: 1), (Runs * 95 / 100) + 1, Runs);

    [Fact]
    public void The_report_says_so_and_earlier_reasons_come_first()
    {
        var ignoring = Of([.. Rows(new SeededRandom(3), effect: -0.1)], null);
        var few = Of([.. Rows(new SeededRandom(3), effect: -0.1).Take(11)], null);
        var forgetful = Of([.. Rows(new SeededRandom(3), effect: -0.1)], new Retention(20, 60, 0));

        Assert.Equal((GateVerdict.NoChange, false), (ignoring.Verdict, ignoring.Promotes));
        Assert.True(ignoring.Interval!.Low > 0);
        Assert.Equal((TrainingReport.Nats, true), (ignoring.QuestionEffect!.Unit, ignoring.QuestionEffect.Low < 0));
        Assert.Equal((GateVerdict.TooFew, GateVerdict.Forgot), (few.Verdict, forgetful.Verdict));
    }

    [Fact]
    public void Rows_without_such_a_measure_are_judged_by_what_there_is()
    {
        var figures = Of([.. Rows(new SeededRandom(3), effect: 0).Select(row => row with { Swapped = null })], null);

        Assert.Equal((GateVerdict.Better, null), (figures.Verdict, figures.QuestionEffect));
    }

    [Fact]
    public void Each_answer_is_put_behind_the_question_of_the_next_row_of_another_group()
    {
        SampleRow[] rows = [Row("a", 1), Row("b", 1), Row("c", 2), Row("d", 3)];

        var swapped = SwappedRows.Of(rows);

        Assert.Equal(["c → A", "c → B", "d → C", "a → D"], swapped.Select(row => $"{row.Messages[0].Content} → {row.Messages[1].Content}"));
        Assert.Empty(SwappedRows.Of([Row("a", 1), Row("b", 1)]));
        Assert.Empty(SwappedRows.Of([]));
    }

    [Fact]
    public void What_it_means_stands_in_the_heading_and_below_it()
    {
        var report = Reports.Ignoring;

        Assert.Equal(
            "No better: your rows' answers do not follow from their questions; kept 60 of 60 answers",
            VerdictWords.Heading(report)
        );
        Assert.StartsWith(
            "It came closer to your rows by 5.50, but only to how they sound: on 24 rows it never saw, it finds another row's answer just as likely",
            new RunConclusion(report, Promotion.Gate, 4, Reports.Rows(118, 24, 17), Reports.Measured).Text
        );
        Assert.False((report with { QuestionEffect = new(0.1, 0.2, TrainingReport.Nats) }).IgnoresQuestions);
        Assert.False((report with { Interval = new(-0.1, 0.2, TrainingReport.Nats) }).IgnoresQuestions);
        Assert.False((report with { Verdict = GateVerdict.Forgot }).IgnoresQuestions);
    }

    private static int Promoted(double effect)
    {
        var random = new SeededRandom(12);
        return Enumerable.Range(0, Runs).Count(run => Of([.. Rows(random, effect)], null, run).Promotes);
    }

    /// <summary>Rows that became likelier by two nats, and are less likely behind another row's question by so many.</summary>
    private static IEnumerable<AfterMetrics.RowLoss> Rows(SeededRandom random, double effect)
    {
        for (var i = 0; i < 12; i++)
        {
            var after = 1 + (0.3 * random.NextNormal());
            yield return new($"q{i}", after + 2, after) { Group = i, Swapped = after + effect + (0.3 * random.NextNormal()) };
        }
    }

    private static Improvements Of(IReadOnlyList<AfterMetrics.RowLoss> rows, Retention? retention, long seed = 1) =>
        CalculateImprovements.Of(
            new TrainingConfig { Lora = new() { Seed = seed } },
            Asked,
            new AfterMetrics(Asked, null, rows) { Retention = retention },
            bonus: 0
        );

    private static SampleRow Row(string question, int group)
    {
        using var source = new Source(Source.Pair(question, question.ToUpperInvariant()));
        using var version = source.Version(Source.KeepAll);
        return RowFiles.Rows(version).Single() with { Group = group };
    }
}
