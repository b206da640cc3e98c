using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;
using Republic.Tests.Unit.Training;
using Republic.Web.Pages.Training.Reports;

namespace Republic.Tests.Unit.Pages.Training;

public sealed class ReportCheckTests
{
    [Fact]
    public void A_verdict_rests_on_four_checks()
    {
        Assert.Equal(
            [
                ("good", "24 rows, 17 groups", "+0.28 to +0.54"),
                ("none", "no difference beyond noise", "57 of 60"),
                ("good", "the likeliest answer to each of 60 questions, and every try at a lost one", "0"),
                ("none", "nobody graded them", "no judge"),
            ],
            Checks(Reports.Better)
        );
        Assert.Equal(
            [("good", "+0.55 to +0.90"), ("bad", "31 of 60"), ("bad", "6"), ("none", "no judge")],
            ReportCheck.Of(Reports.Forgot, null).Select(check => (check.Tone, check.Value))
        );
        Assert.Equal("at least 54 of 60 needed", ReportCheck.Of(Reports.Forgot, null)[1].Meaning);
        Assert.Equal(
            [
                ("none", "not with 5 rows: 12 groups are needed", "−0.14 to +0.36"),
                ("none", "no difference beyond noise", "59 of 60"),
                ("good", "the likeliest answer to each of 60 questions, and every try at a lost one", "0"),
                ("none", "nobody graded them", "no judge"),
            ],
            Checks(Reports.TooFew)
        );
        Assert.Equal(("none", "no interval can be given for 4 groups", "too few"), Checks(Reports.TooFew with { Interval = null }).First());
    }

    [Fact]
    public void What_was_lost_beyond_noise_is_called_tolerated() =>
        Assert.Equal(
            [
                "nothing was lost",
                "no difference beyond noise",
                "no difference beyond noise",
                "down to 54 is within the limit",
                "down to 54 is within the limit",
                "at least 54 of 60 needed",
            ],
            new Retention[]
            {
                new(60, 60, 0),
                new(60, 60, 0) { Lost = [new("a", "general", "b", "c", "d", false)] },
                new(56, 60, 4),
                new(57, 60, 2),
                new(54, 60, 2),
                new(53, 60, 2),
            }.Select(kept => ReportCheck.Of(Reports.Better with { Retention = kept }, null)[1].Meaning)
        );

    [Theory]
    [InlineData(GateVerdict.Better, 0.2, 0.4, "good")]
    [InlineData(GateVerdict.NoChange, -0.1, 0.2, "none")]
    [InlineData(GateVerdict.NoChange, 0.0, 0.2, "none")]
    [InlineData(GateVerdict.NoChange, -0.2, 0.0, "none")]
    [InlineData(GateVerdict.NoChange, -0.2, -0.1, "bad")]
    [InlineData(GateVerdict.TooFew, -0.1, 0.2, "none")]
    public void Whether_answers_follow_from_their_questions_is_told_where_it_was_measured(
        GateVerdict verdict,
        double low,
        double high,
        string tone
    )
    {
        var report = Reports.Loss(verdict, 24, 17, 2, 1, 3) with { QuestionEffect = new(low, high, TrainingReport.Nats) };

        var check = ReportCheck.Of(report, null)[1];

        Assert.Equal(("Answers depend on their questions", tone), (check.Name, check.Tone));
        Assert.Equal(5, ReportCheck.Of(report, null).Count);
    }

    [Fact]
    public void Without_weights_a_judge_alone_decides()
    {
        var report = Reports.Judged(GateVerdict.Better, 11, 6, 17) with { BeforeQuality = 60, AfterQuality = 71.5 };

        Assert.Equal(
            [
                ("good", "16 prompts, 16 groups", "+6.00 to +17.0"),
                ("none", "no weights were trained", "not measured"),
                ("none", "no weights were trained", "not measured"),
                ("good", "graded by Ada", "60.0 → 71.5"),
            ],
            Checks(report, "Ada")
        );
        Assert.Equal("graded by the minion itself", ReportCheck.Of(report with { SelfGraded = true }, "Ada")[3].Meaning);
    }

    [Fact]
    public void Few_rows_and_what_may_be_chance_have_no_colour()
    {
        Assert.Null(ReportCheck.ToneOf(Reports.Loss(GateVerdict.TooFew, 5, 4, 0.4, 0.3, 0.5)));
        Assert.Null(ReportCheck.ToneOf(Reports.Loss(GateVerdict.NoChange, 24, 17, 0.1, -0.1, 0.3)));
        Assert.Equal("bad", ReportCheck.ToneOf(Reports.Loss(GateVerdict.Worse, 24, 17, -0.2, -0.3, -0.1)));
    }

    private static IEnumerable<(string Tone, string Meaning, string Value)> Checks(TrainingReport report, string? judge = null) =>
        ReportCheck.Of(report, judge).Select(check => (check.Tone, check.Meaning, check.Value));
}
