using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Steps;

namespace Republic.Tests.Unit.Training;

/// <summary>A verdict is one line, and the sentences below it.</summary>
public sealed class VerdictWordsTests
{
    public static TheoryData<string, TrainingReport> Headings() =>
        new()
        {
            { "Closer to your rows by 0.41; kept 57 of 60 answers", Reports.Better },
            { "Not made live: it forgot 29 of 60 answers", Reports.Forgot },
            { "Live all the same: it forgot 29 of 60 answers", Reports.Forgot with { Promoted = true } },
            {
                "Not made live: 2 of 60 answers loop, are empty or turn to nonsense",
                Reports.Forgot with
                {
                    Retention = new(58, 60, 4) { Degenerate = 2 },
                }
            },
            {
                "Not made live: 1 of 40 answers loops, is empty or turns to nonsense",
                Reports.Forgot with
                {
                    Retention = new(39, 40, 2) { Degenerate = 1 },
                }
            },
            { "Too few to tell: 5 rows were left to measure with", Reports.TooFew },
            { "Too few to tell: 1 row was left to measure with", Reports.Loss(GateVerdict.TooFew, 1, 1, 0.1, 0.1, 0.1) },
            {
                "Too few to tell: the 24 rows to measure with are only 7 groups that differ",
                Reports.Loss(GateVerdict.TooFew, 24, 7, 0.4, 0.2, 0.6)
            },
            { "Too few to tell: 4 prompts were left to measure with", Reports.Judged(GateVerdict.TooFew, 5, 1, 9, prompts: 4) },
            { "Further from your rows by 0.20", Reports.Loss(GateVerdict.Worse, 24, 17, -0.2, -0.3, -0.1) },
            { "Better by 11.4 of 100 points", Reports.Judged(GateVerdict.Better, 11.4, 6, 17) },
            { "Worse by 5.0 of 100 points", Reports.Judged(GateVerdict.Worse, -5, -9, -1) },
            { "No difference beyond chance", Reports.Judged(GateVerdict.NoChange, 0.4, -1, 2) },
            {
                "No difference beyond chance; kept 60 of 60 answers",
                Reports.Loss(GateVerdict.NoChange, 24, 17, 0, -0.1, 0.1, new Retention(60, 60, 0))
            },
            {
                "Not measured: nothing could tell whether it is better",
                new TrainingReport
                {
                    GradedBy = "none",
                    Verdict = GateVerdict.NotGraded,
                    Conclusion = "",
                }
            },
        };

    [Theory]
    [MemberData(nameof(Headings))]
    public void A_heading_says_what_was_gained_and_kept_or_why_that_cannot_be_told(string heading, TrainingReport report) =>
        Assert.Equal(heading, VerdictWords.Heading(report));

    [Fact]
    public void Older_reports_have_no_gain_and_take_the_mean_over_their_prompts()
    {
        var report = Reports.Loss(GateVerdict.Better, 3, 3, 0.5, 0.2, 0.7) with { Gain = null };

        Assert.Equal(0.5, report.GainOfPrompts!.Value, 9);
        Assert.Equal("Better by 8.0 of 100 points", VerdictWords.Heading(Reports.Judged(GateVerdict.Better, 8, 1, 9) with { Gain = null }));
        Assert.Null((report with { Questions = [] }).GainOfPrompts);
    }

    [Fact]
    public void One_that_is_better_and_live_says_what_it_rests_on_and_what_was_kept()
    {
        const string Basis =
            "Better by more than chance, and made live as version 5. On 24 rows it never saw it now writes more like they do";

        Assert.Equal(
            $"{Basis}; of what it could do before it lost no more than repeating the measurement does.",
            Conclusion(Reports.Better)
        );
        Assert.Equal($"{Basis}; it lost nothing of what it could do before.", Conclusion(Kept(60, 4)));
        Assert.Equal($"{Basis}; of what it could do before it lost 3 of 60 answers, which is within the limit.", Conclusion(Kept(57, 1)));
        Assert.Equal($"{Basis}; of what it could do before it lost no more than repeating the measurement does.", Conclusion(Kept(56, 4)));
        Assert.Equal(
            $"{Basis}; of what it could do before it lost no more than repeating the measurement does.",
            Conclusion(Reports.Better with { Retention = new(60, 60, 0) { Lost = [new("a", "general", "b", "c", "d", false)] } })
        );
        Assert.Equal($"{Basis}.", Conclusion(Reports.Better with { Retention = null }));
        Assert.StartsWith(
            "Better by more than chance. The run kept version 5 as a draft because that was asked for. On 24 rows",
            Conclusion(Reports.Better with { Promoted = false }, Promotion.Never)
        );

        static TrainingReport Kept(int kept, int noise) => Reports.Better with { Retention = new(kept, 60, noise) };
    }

    [Fact]
    public void One_that_forgot_says_what_was_gained_what_was_lost_and_what_equal_runs_lose()
    {
        Assert.Equal(
            "It came closer to your rows by 0.72, but lost 29 answers it could give before. Asked again, the version before itself lost at most 4. The run left version 4 in place.",
            Conclusion(Reports.Forgot)
        );
        Assert.StartsWith("It lost 29 answers it could give before. Asked again", Conclusion(Reports.Forgot with { Gain = -0.1 }));
        Assert.Contains(
            "Asked again, the version before itself lost none.",
            Conclusion(Reports.Forgot with { Retention = new(31, 60, 0) }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "It came closer to your rows by 0.72, but 2 of its 60 free answers loop, are empty or turn to nonsense. The run left version 4 in place",
            Conclusion(Reports.Forgot with { Retention = new(58, 60, 4) { Degenerate = 2 } })
        );
        Assert.StartsWith(
            "Version 5 was made live because that was asked for, whatever was measured. It came closer",
            Conclusion(Reports.Forgot with { Promoted = true }, Promotion.Always)
        );
        Assert.EndsWith(
            "Asked again, the version before itself lost at most 4. The run kept version 5 as a draft because that was asked for.",
            Conclusion(Reports.Forgot, Promotion.Never)
        );
    }

    [Fact]
    public void One_with_too_few_says_what_chance_gives_and_what_to_add()
    {
        Assert.Equal(
            "Measured: closer by 0.11, but the true difference may be anywhere from −0.14 to +0.36, and so it may be further away. So the run left version 4 in place. With about 140 more rows the same gain could be told from chance.",
            Conclusion(Reports.TooFew, data: Reports.Rows(31, 5, 4))
        );
        Assert.StartsWith(
            "It seems closer by 0.60, but a verdict needs 12 groups of rows that differ. So the run left version 4 in place. With about 30 more rows the same",
            Conclusion(Reports.Loss(GateVerdict.TooFew, 8, 8, 0.6, 0.4, 0.8), data: Reports.Rows(50, 8, 8))
        );
        Assert.StartsWith(
            "It seems closer by 5.15, but a verdict needs 12 groups of rows that differ.",
            Conclusion(Reports.Loss(GateVerdict.TooFew, 2, 2, 5.15, 4, 6) with { Interval = null })
        );
    }

    [Fact]
    public void One_that_may_be_chance_or_is_worse_stays_a_draft()
    {
        Assert.Equal(
            "Measured: further away by 0.02, but the true difference may be anywhere from −0.10 to +0.05, and so it may be closer. So the run left version 4 in place.",
            Conclusion(Reports.Loss(GateVerdict.NoChange, 24, 17, -0.02, -0.1, 0.05))
        );
        Assert.Equal(
            "On 16 prompts nothing changed. So the run left version 4 in place.",
            Conclusion(Reports.Judged(GateVerdict.NoChange, 0, 0, 0))
        );
        Assert.Equal(
            "Worse by more than chance: on 16 prompts its answers are graded lower than before. So the run left version 4 in place.",
            Conclusion(Reports.Judged(GateVerdict.Worse, -5, -9, -1))
        );
    }

    [Theory]
    [InlineData("Ada", "Ada")]
    [InlineData("Ada and Ben", "Ada", "Ben")]
    [InlineData("Ada, Ben and 1 other", "Ada", "Ben", "Cy")]
    [InlineData("Ada and 1 other", "Ada", "Ada")]
    [InlineData("imp, t and 14 others", "imp", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t", "t")]
    public void Judges_are_named_once_and_counted_from_the_third_on(string named, params string[] judges) =>
        Assert.Equal(named, VerdictWords.Names(judges));

    [Fact]
    public void Where_nothing_graded_it_says_what_to_do_about_that()
    {
        var report = new TrainingReport
        {
            GradedBy = "none",
            Verdict = GateVerdict.NotGraded,
            Conclusion = "",
        };

        Assert.StartsWith("Nothing could grade it, and no weights were trained", Conclusion(report));
        Assert.StartsWith(
            "Weights were trained, but no rows were held out to measure them with.",
            Conclusion(report with { Retention = new(60, 60, 0) })
        );
        Assert.StartsWith(
            "Nothing graded it, because Ada and Ben could not grade.",
            new RunConclusion(
                report,
                Promotion.Gate,
                4,
                Reports.Rows(0, 0),
                Reports.Measured with
                {
                    JudgesPassedOver = ["Ada", "Ben"],
                }
            ).Text
        );
        Assert.StartsWith(
            "The judge's grades could not be read.",
            new RunConclusion(
                report,
                Promotion.Gate,
                4,
                Reports.Rows(0, 0),
                Reports.Measured with
                {
                    Graded = new(Guid.Empty, false, []),
                }
            ).Text
        );
    }

    [Theory]
    // Twelve groups at four in 31 rows, and for a gain of 0.11 that lies 0.25 from its bound 21 of them.
    [InlineData(31, 4, 0.11, -0.14, "140 more rows the same gain")]
    [InlineData(31, 4, 0.5, 0.1, "70 more rows the same gain")]
    // A gain of a hundredth of the interval would need thousands of groups: nothing is promised of it.
    [InlineData(31, 4, 0.01, -0.5, "70 more rows there would be enough")]
    [InlineData(31, 4, -0.2, -0.5, "70 more rows there would be enough")]
    [InlineData(46, 11, 0.5, 0.1, "10 more rows the same gain")]
    public void How_many_more_rows_follows_from_the_groups_that_are_missing(int rows, int groups, double gain, double low, string said) =>
        Assert.Contains(
            said,
            MoreRows.Advice(Reports.Loss(GateVerdict.TooFew, groups, groups, gain, low, 0.8), Reports.Rows(rows, groups, groups)),
            StringComparison.Ordinal
        );

    [Fact]
    public void Rows_that_are_alike_are_not_what_is_missing()
    {
        var report = Reports.Loss(GateVerdict.TooFew, 12, 3, 0.5, 0.1, 0.8);

        Assert.Contains("more rows that differ from these", MoreRows.Advice(report, Reports.Rows(60, 12, 3)), StringComparison.Ordinal);
        Assert.DoesNotContain("differ", MoreRows.Advice(report, Reports.Rows(60, 12, 6)), StringComparison.Ordinal);
        Assert.StartsWith("A dataset also supplies rows to measure with", MoreRows.Advice(report, Reports.Rows(0, 0)));
    }

    [Theory]
    // 48 groups have 12 held out, which is what the dataset's page says too.
    [InlineData(10, 10, 2, 2, 0.5, 0.1, "38 more rows the same gain")]
    [InlineData(60, 6, 2, 20, 0.5, 0.1, "42 more rows that differ from these the same gain")]
    [InlineData(20, 10, 2, 4, 0.5, 0.1, "76 more rows the same gain")]
    // Twenty of two hundred groups are held out, since beyond 120 it is a tenth.
    [InlineData(40, 40, 10, 10, 0.5, -0.207, "160 more rows the same gain")]
    // A share of one's own stays as it is.
    [InlineData(40, 40, 4, 4, 0.5, 0.1, "80 more rows the same gain")]
    public void Where_the_share_is_the_usual_one_it_grows_as_it_will(
        int rows,
        int groups,
        int heldOutGroups,
        int heldOut,
        double gain,
        double low,
        string said
    )
    {
        var data = Reports.Rows(rows, heldOut, heldOutGroups) with { Groups = groups };

        var advice = MoreRows.Advice(Reports.Loss(GateVerdict.TooFew, heldOut, heldOutGroups, gain, low, 0.8), data);

        Assert.Contains($"With about {said}", advice, StringComparison.Ordinal);
    }

    private static string Conclusion(TrainingReport report, Promotion promote = Promotion.Gate, RefinedData? data = null) =>
        new RunConclusion(report, promote, 4, data ?? Reports.Rows(118, 24, 17), Reports.Measured).Text;
}
