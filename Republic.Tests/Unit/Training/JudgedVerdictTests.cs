using Republic.Core.Training.Gate;
using Republic.Core.Training.Grading;
using Republic.Core.Training.Reports;

namespace Republic.Tests.Unit.Training;

/// <summary>The verdict once somebody has read the answers that the measure calls lost.</summary>
public sealed class JudgedVerdictTests
{
    [Fact]
    public void Without_marks_there_is_none() => Assert.Null(Forgot(asGood: 0, worse: 0).JudgedVerdict);

    [Theory]
    [InlineData(5, GateVerdict.Forgot, 205)]
    [InlineData(6, GateVerdict.Better, 206)]
    [InlineData(28, GateVerdict.Better, 228)]
    public void It_holds_once_enough_are_as_good(int asGood, GateVerdict verdict, int kept)
    {
        var report = Forgot(asGood, worse: 0);

        Assert.Equal((GateVerdict.Forgot, verdict, kept), (report.Verdict, report.JudgedVerdict!.Value, report.Retention!.KeptAsJudged));
        Assert.Equal(verdict == GateVerdict.Better, report.MayGoLive);
    }

    [Fact]
    public void Worse_ones_and_broken_ones_count_for_nothing()
    {
        Assert.Equal(GateVerdict.Forgot, Forgot(asGood: 0, worse: 28).JudgedVerdict);

        var report = Forgot(asGood: 28, worse: 0);
        var broken = report with
        {
            Retention = report.Retention! with { Lost = [.. report.Retention.Lost.Select(lost => lost with { IsDegenerate = true })] },
        };
        Assert.Equal((GateVerdict.Forgot, 0), (broken.JudgedVerdict!.Value, broken.Retention!.AsGood));
    }

    [Fact]
    public void Answers_that_come_apart_refuse_whatever_is_judged()
    {
        var report = Forgot(asGood: 28, worse: 0);

        Assert.Equal(GateVerdict.Forgot, (report with { Retention = report.Retention! with { Degenerate = 5 } }).JudgedVerdict);
    }

    [Fact]
    public void What_was_gained_decides_as_it_does_without_judging()
    {
        var report = Forgot(asGood: 6, worse: 0);

        Assert.Equal(GateVerdict.NoChange, (report with { Interval = new(-0.1, 0.4, "nats") }).JudgedVerdict);
        Assert.Equal(GateVerdict.Worse, (report with { Interval = new(-0.4, -0.1, "nats") }).JudgedVerdict);
        Assert.Equal(GateVerdict.TooFew, (report with { Groups = 11 }).JudgedVerdict);
        Assert.Equal(GateVerdict.NotGraded, (report with { Groups = null }).JudgedVerdict);
        var ignoring = report with { QuestionEffect = new(-0.1, 0.2, "nats") };
        Assert.Equal(GateVerdict.NoChange, ignoring.JudgedVerdict);
        var manner = ignoring with
        {
            RowsFitQuestions = true,
            Retention = ignoring.Retention! with { Manner = new Manner("Arr!", "", 0, 228, 228) },
        };
        Assert.Equal(GateVerdict.Better, manner.JudgedVerdict);
        Assert.Equal(GateVerdict.NoChange, (manner with { RowsFitQuestions = false }).JudgedVerdict);
    }

    [Fact]
    public void The_words_say_who_judged()
    {
        var report = Forgot(asGood: 6, worse: 2);

        Assert.Equal("It may go live: you found 6 of the 28 lost answers as good", VerdictWords.Heading(report));
        Assert.Equal("Better, as judged", VerdictWords.Short(report));
        var live = report.AsOf(5);
        Assert.Equal("Live: you found 6 of the 28 lost answers as good", VerdictWords.Heading(live));
        Assert.EndsWith(
            "It was made live by hand since: you found 6 of the 28 lost answers as good.",
            live.Conclusion,
            StringComparison.Ordinal
        );
        var judged = Forgot(asGood: 6, worse: 0, judge: "Quill");
        Assert.Equal("It may go live: Quill found 6 of the 28 lost answers as good", VerdictWords.Heading(judged));
        Assert.Equal("Not made live: it forgot 23 of 228 answers", VerdictWords.Heading(Forgot(asGood: 5, worse: 0)));
    }

    [Theory]
    [InlineData("""{"as_good": true, "reason": "Same steps."}""", true)]
    [InlineData("""Sure: {"as_good": false, "reason": ""} Done.""", false)]
    [InlineData("""{"reason": "no verdict"}""", null)]
    [InlineData("as good", null)]
    [InlineData("{", null)]
    public void A_reply_of_a_judge_is_read_or_left_out(string reply, bool? asGood) =>
        Assert.Equal(asGood, LostAnswerJudge.Parse(reply)?.AsGood);

    /// <summary>200 of 228 answers are kept, 206 are needed, and 28 are listed as lost.</summary>
    private static TrainingReport Forgot(int asGood, int worse, string? judge = null) =>
        Reports.Loss(
            GateVerdict.Forgot,
            24,
            17,
            0.72,
            0.55,
            0.9,
            new Retention(200, 228, 4)
            {
                KeptExactly = 200,
                Lost =
                [
                    .. Enumerable
                        .Range(0, 28)
                        .Select(i => new LostAnswer($"q{i}", "domain", "before", "after", "says something else in 3 of 3 tries", false)
                        {
                            Missing = 1,
                            Mark =
                                i < asGood ? new AnswerMark(true, Judge: judge)
                                : i < asGood + worse ? new AnswerMark(false, Judge: judge)
                                : null,
                        }),
                ],
            }
        );
}
