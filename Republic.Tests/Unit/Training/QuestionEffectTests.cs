using Republic.Core;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Steps;
using Republic.Core.Training.Weights;
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
    public void Losses_are_told_as_they_are_compared_each_group_once()
    {
        AfterMetrics.RowLoss[] rows =
        [
            new("a", 4, 1) { Group = 1 },
            new("b", 2, 1) { Group = 1 },
            new("c", 7, 3) { Group = 2 },
            new("d", 6, 2),
            new("e", 5, 2),
        ];

        Assert.Equal((5.25, 2.0), (rows.MeanLoss(row => row.Before), rows.MeanLoss(row => row.After)));
        Assert.Equal(3.25, Of(rows, null).Gain);
        Assert.Null(Array.Empty<AfterMetrics.RowLoss>().MeanLoss(row => row.Before));
    }

    [Fact]
    public void One_answer_to_everything_is_no_better()
    {
        var figures = Of([.. Rows(new SeededRandom(3), effect: 0).Select(row => row with { OtherQuestion = row.OwnQuestion })], null);

        Assert.Equal((GateVerdict.NoChange, 0.0), (figures.Verdict, figures.QuestionEffect!.Low));
    }

    [Fact]
    public void Rows_without_such_a_measure_are_judged_by_what_there_is()
    {
        var figures = Of([.. Rows(new SeededRandom(3), effect: 0).Select(row => row with { OtherQuestion = null })], null);

        Assert.Equal((GateVerdict.Better, null), (figures.Verdict, figures.QuestionEffect));
    }

    [Fact]
    public void Each_answer_is_put_behind_the_question_of_the_next_row_of_another_group()
    {
        SampleRow[] rows = [Row("a", 1), Row("b", 1), Row("c", 2), Row("d", 3)];

        var swapped = MismatchedPairs.Of(rows);

        Assert.Equal(["c → A", "c → B", "d → C", "a → D"], swapped.Select(row => $"{row.Messages[0].Content} → {row.Messages[1].Content}"));
        Assert.Empty(MismatchedPairs.Of([Row("a", 1), Row("b", 1)]));
        Assert.Empty(MismatchedPairs.Of([]));
    }

    [Fact]
    public void Of_several_turns_the_last_question_and_answer_are_taken()
    {
        SampleRow[] rows = [Talk(1, "system: S", "user: a", "assistant: A", "user: b", "assistant: B"), Talk(2, "user: c", "assistant: C")];

        Assert.False(MismatchedPairs.AreSingle(rows));
        Assert.True(MismatchedPairs.AreSingle([rows[1], Talk(3, "system: S", "user: d", "assistant: D")]));
        Assert.Equal(["S b B", "c C"], MismatchedPairs.Own(rows).Select(Words));
        Assert.Equal(["S c B", "b C"], MismatchedPairs.Of(rows).Select(Words));

        static string Words(SampleRow row) => string.Join(' ', row.Messages.Select(message => message.Content));
    }

    [Fact]
    public void What_it_means_stands_in_the_heading_and_below_it()
    {
        var report = Reports.Ignoring;

        Assert.Equal("No better: what it learned does not depend on what is asked; kept 60 of 60 answers", VerdictWords.Heading(report));
        Assert.StartsWith(
            "It came closer to your rows by 5.50, but only in how they sound: on 24 rows it never saw, answers were not measurably likelier after their own questions than after those of other rows",
            new RunConclusion(report, Promotion.Gate, 4, Reports.Rows(118, 24, 17), Reports.Measured).Text
        );
        Assert.False((report with { QuestionEffect = new(0.1, 0.2, TrainingReport.Nats) }).IgnoresQuestions);
        Assert.False((report with { Interval = new(-0.1, 0.2, TrainingReport.Nats) }).IgnoresQuestions);
        Assert.False((report with { Verdict = GateVerdict.Forgot }).IgnoresQuestions);
        Assert.EndsWith(
            "Besides, held-out answers were not measurably likelier after their own questions than after those of other rows: check that each answer is in the same row as its own question. The run left version 4 in place.",
            Conclusion(Reports.Forgot with { QuestionEffect = new(-0.1, 0.2, TrainingReport.Nats) })
        );
        Assert.DoesNotContain(
            "Besides",
            Conclusion(Reports.Forgot with { QuestionEffect = new(0.1, 0.2, TrainingReport.Nats) }),
            StringComparison.Ordinal
        );

        static string Conclusion(TrainingReport report) =>
            new RunConclusion(report, Promotion.Gate, 4, Reports.Rows(118, 24, 17), Reports.Measured).Text;
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
            yield return new($"q{i}", after + 2, after)
            {
                Group = i,
                OwnQuestion = after,
                OtherQuestion = after + effect + (0.3 * random.NextNormal()),
            };
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

    private static SampleRow Talk(int group, params string[] lines) =>
        Row("a", group) with
        {
            Messages = [.. lines.Select(line => line.Split(": ")).Select(line => new RowMessage(line[0], line[1]))],
        };
}
