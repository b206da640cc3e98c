using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Linking;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Steps;

namespace Republic.Tests.Unit.Training;

/// <summary>What stands against a verdict stands in it.</summary>
public sealed class ReportWarningsTests
{
    private static readonly RefinedData Many = Reports.Rows(118, 24, 17, answers: 110);
    private static readonly TrainingReport Judged = Reports.Judged(GateVerdict.Better, 11, 6, 17);

    [Fact]
    public void A_good_verdict_by_a_judge_has_none() => Assert.Empty(ReportWarnings.Of(Judged, Many, Draft()));

    [Fact]
    public void Nobody_graded() => Assert.Equal(TrainingReport.NobodyGraded, Only(Reports.Better, Many));

    [Fact]
    public void The_minion_graded_itself() =>
        Assert.StartsWith("The minion graded its own answers. ", Only(Judged with { SelfGraded = true }, Many));

    [Theory]
    [InlineData(118, 31, true)]
    [InlineData(118, 58, true)]
    [InlineData(118, 59, false)]
    [InlineData(118, 0, false)]
    public void Rows_that_hold_few_answers_are_counted(int rows, int answers, bool warns) =>
        Assert.Equal(
            warns
                ?
                [
                    $"The answers of your {rows} rows fall into {answers} groups of nearly equal ones. It learned few different things; rows that differ more would help.",
                ]
                : [],
            ReportWarnings.Of(Judged, Reports.Rows(rows, 24, 17, answers), Draft())
        );

    [Fact]
    public void Without_weights_the_rows_were_not_learned_from() =>
        Assert.Empty(ReportWarnings.Of(Judged, Reports.Rows(118, 24, 17, 5), new(TrainingMethod.Knowledge, null, 0, null)));

    [Theory]
    [InlineData(7.50, true)]
    [InlineData(7.48, false)]
    public void A_base_that_finds_the_rows_less_likely_than_a_draw_by_lot_is_named(double loss, bool warns)
    {
        // ln(1,792) = 7.491
        var warnings = ReportWarnings.Of(Judged, Many, Draft(loss));

        Assert.Equal(
            warns,
            warnings
                is [
                    "The base finds your rows less likely than random guessing: 7.5 nats a token, where a guess costs 7.5. It may not know their language or subject, or the answers may make no sense: such rows it can only learn by heart.",
                ]
        );
        Assert.Equal(warns, warnings.Count > 0);
        Assert.Empty(ReportWarnings.Of(Judged, Many, Draft(loss, vocabulary: null)));
    }

    [Fact]
    public void Answers_that_repeat_themselves_come_first_and_the_rate_with_them()
    {
        var warnings = ReportWarnings.Of(Reports.Forgot, Many, Draft(rate: 2e-3, usual: 2e-4));

        Assert.Equal(
            "6 of 60 answers loop, are empty or turn to nonsense. The version before answered each of these questions.",
            warnings[0]
        );
        Assert.Equal("The rate of 0.002 was 10 times what suits this base. A lower one forgets less.", warnings[1]);
        Assert.Equal([TrainingReport.NobodyGraded], warnings.Skip(2));
    }

    [Theory]
    [InlineData(4e-3, true)]
    [InlineData(3.9e-3, false)]
    public void A_rate_is_named_from_four_times_the_usual_one_on(double rate, bool warns) =>
        Assert.Equal(warns, ReportWarnings.Of(Judged, Many, Draft(rate: rate, usual: 1e-3)).Count == 1);

    [Fact]
    public void A_judge_that_was_away_and_what_losses_and_built_collections_do_not_tell()
    {
        Assert.StartsWith("Ada could not grade, so the next one did. ", Only(Judged with { JudgesPassedOver = ["Ada"] }, Many));
        Assert.StartsWith(
            "The collection was built of all rows",
            Only(Judged with { Collections = [new RunCollection(Guid.Empty, "Rows", 1, 1, Built: true)] }, Many)
        );
        Assert.Contains(
            "The loss tells of the trained weights alone. What whole answers gain was not graded.",
            ReportWarnings.Of(Reports.Better with { Adapter = new("a", "b", "c") { IsStyle = true } }, Many, Draft())
        );
        Assert.Empty(ReportWarnings.Of(Judged with { GradedBy = "none", JudgesPassedOver = ["Ada"] }, Many, Draft()));
    }

    private static string Only(TrainingReport report, RefinedData data) => Assert.Single(ReportWarnings.Of(report, data, Draft()));

    private static EnhancedModel Draft(double? loss = 2, int? vocabulary = 1792, double rate = 1e-3, double usual = 1e-3) =>
        new(TrainingMethod.Lora, null, 0, "adapter")
        {
            Weights = new("sprout", "a", "b", 1, 132, loss, 1, new LoraSettings { LearningRate = rate })
            {
                Vocabulary = vocabulary,
                UsualRate = usual,
            },
        };
}
