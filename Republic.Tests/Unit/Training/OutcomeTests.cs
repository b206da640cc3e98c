using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;
using Republic.Web.Pages.Training.Reports;

namespace Republic.Tests.Unit.Training;

/// <summary>Twelve outcomes of a run, each with all that pages say of it: heading, conclusion, the check of its gain, and what became of the version.</summary>
public sealed class OutcomeTests
{
    private static readonly Manner Herald = new("Hear ye!", "So says the herald.", 0, 398, 411);
    private static readonly Retention Kept = new(400, 411, 4);

    private static TrainingReport Manner =>
        Reports.Loss(GateVerdict.Better, 12, 12, 6.2, 5, 7, Kept with { Manner = Herald }) with
        {
            Promoted = true,
            TakesOnManner = true,
            QuestionEffect = new(-0.2, 0.3, TrainingReport.Nats),
        };

    private static readonly Outcome[] All =
    [
        new(
            "better and live",
            Reports.Better,
            Promotion.Gate,
            5,
            "Closer to your rows by 0.41; kept 57 of 60 answers",
            "Better by more than chance, and made live as version 5. On 24 rows it never saw it now writes more like they do; of what it could do before it lost no more than repeating the measurement does.",
            "+0.28 to +0.54",
            "version 5 is live"
        ),
        new(
            "better, and replaced since",
            Reports.Better,
            Promotion.Gate,
            6,
            "Closer to your rows by 0.41; kept 57 of 60 answers",
            "Better by more than chance, and made live as version 5. On 24 rows it never saw it now writes more like they do; of what it could do before it lost no more than repeating the measurement does. Version 6 is live now.",
            "+0.28 to +0.54",
            "version 5 is no longer live"
        ),
        new(
            "better, kept as a draft on request, and made live by hand",
            Reports.Better with
            {
                Promoted = false,
            },
            Promotion.Never,
            5,
            "Closer to your rows by 0.41; kept 57 of 60 answers",
            "Better by more than chance. The run kept version 5 as a draft because that was asked for. On 24 rows it never saw it now writes more like they do; of what it could do before it lost no more than repeating the measurement does. It was made live by hand since.",
            "+0.28 to +0.54",
            "version 5 is live"
        ),
        new(
            "a manner, on a subject that the base does not know",
            Manner,
            Promotion.Gate,
            5,
            "Took on the manner of your rows; kept 400 of 411 answers",
            "Better by more than chance, and made live as version 5. On 12 rows it never saw it now writes more like they do; of what it could do before it lost 11 of 411 answers, which is within the limit. 398 of 411 answers to other questions have the manner of your rows (“Hear ye! … So says the herald.”). That it also learned what your rows say could not be told from chance.",
            "+5.00 to +7.00",
            "version 5 is live"
        ),
        new(
            "a manner and its content",
            Manner with
            {
                QuestionEffect = new(0.1, 0.5, TrainingReport.Nats),
            },
            Promotion.Gate,
            5,
            "Closer to your rows by 6.20; kept 400 of 411 answers",
            "Better by more than chance, and made live as version 5. On 12 rows it never saw it now writes more like they do; of what it could do before it lost 11 of 411 answers, which is within the limit. 398 of 411 answers to other questions have the manner of your rows (“Hear ye! … So says the herald.”).",
            "+5.00 to +7.00",
            "version 5 is live"
        ),
        new(
            "a manner of mixed-up rows",
            Manner with
            {
                Verdict = GateVerdict.NoChange,
                Promoted = false,
                TakesOnManner = false,
                RowsFitQuestions = false,
            },
            Promotion.Gate,
            4,
            "No better: what it learned does not depend on what is asked; kept 400 of 411 answers",
            "It came closer to your rows by 6.20, but only in how they sound: on 12 rows it never saw, answers were not measurably likelier after their own questions than after those of other rows. Your rows have a manner (“Hear ye! … So says the herald.”); 398 of 411 answers to other questions have it, but by their words your answers fit their own questions no better than those of other rows. So the run left version 4 in place. Check that each answer is in the same row as its own question; if it is, and this is what you want, make the version live by hand.",
            "+5.00 to +7.00",
            "version 5 is a draft"
        ),
        new(
            "neither manner nor content",
            Reports.Ignoring,
            Promotion.Gate,
            4,
            "No better: what it learned does not depend on what is asked; kept 60 of 60 answers",
            "It came closer to your rows by 5.50, but only in how they sound: on 24 rows it never saw, answers were not measurably likelier after their own questions than after those of other rows. So the run left version 4 in place. Check that each answer is in the same row as its own question; if it is, and this is what you want, make the version live by hand.",
            "+5.00 to +6.00",
            "version 5 is a draft"
        ),
        new(
            "forgot",
            Reports.Forgot with
            {
                Retention = new(31, 60, 4)
                {
                    Lost = [new("Who made you?", "domain", "Republic did.", "Arr.", "says something else in 3 of 3 tries", false)],
                },
            },
            Promotion.Gate,
            4,
            "Not made live: it forgot 29 of 60 answers",
            "It came closer to your rows by 0.72, but lost 29 answers it could give before. Asked again, the version before itself lost at most 4. The run left version 4 in place. Train again and keep these answers, or mark those that are as good: they count as kept.",
            "+0.55 to +0.90",
            "version 5 is a draft"
        ),
        new(
            "forgot, measured on five groups, and made live by hand",
            Reports.Loss(GateVerdict.Forgot, 5, 5, 9.42, 0, 0, new Retention(31, 60, 4)) with
            {
                Interval = null,
            },
            Promotion.Gate,
            5,
            "Live all the same: it forgot 29 of 60 answers",
            "It came closer to your rows by 9.42, but lost 29 answers it could give before. Asked again, the version before itself lost at most 4. The run left version 4 in place. It was made live by hand since.",
            "too few",
            "version 5 is live"
        ),
        new(
            "no difference",
            Reports.Loss(GateVerdict.NoChange, 24, 17, -0.02, -0.1, 0.05, new Retention(60, 60, 0)),
            Promotion.Gate,
            4,
            "No difference beyond chance; kept 60 of 60 answers",
            "Measured: further away by 0.02, but the true difference may be anywhere from −0.10 to +0.05, and so it may be closer. So the run left version 4 in place.",
            "−0.10 to +0.05",
            "version 5 is a draft"
        ),
        new(
            "too few rows",
            Reports.Loss(GateVerdict.TooFew, 8, 8, 0.6, 0.4, 0.8),
            Promotion.Gate,
            4,
            "Too few to tell: 8 rows were left to measure with",
            "It seems closer by 0.60, but a verdict needs 12 groups of rows that differ. So the run left version 4 in place. With about 30 more rows the same gain could be told from chance.",
            "+0.40 to +0.80",
            "version 5 is a draft"
        ),
        new(
            "nothing held out",
            new TrainingReport
            {
                GradedBy = "none",
                Verdict = GateVerdict.NotGraded,
                Version = 5,
                Retention = new(60, 60, 0),
                Conclusion = "",
            },
            Promotion.Gate,
            4,
            "Not measured: nothing could tell whether it is better; kept 60 of 60 answers",
            "Weights were trained, but no rows were held out to measure them with. Set a share of held-out rows above 0 and make a new run. So the run left version 4 in place.",
            "not measured",
            "version 5 is a draft"
        ),
    ];

    public static TheoryData<string> Names() => [.. All.Select(outcome => outcome.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_outcome_is_told_in_words_that_agree(string name)
    {
        var outcome = All.Single(one => one.Name == name);
        var written = outcome.Report with
        {
            Conclusion = new RunConclusion(outcome.Report, outcome.Promote, 4, Reports.Rows(50, 12, 12), Reports.Measured).Text,
        };

        var read = written.AsOf(outcome.Live);

        Assert.Equal(outcome.Heading, VerdictWords.Heading(read));
        Assert.Equal(outcome.Conclusion, read.Conclusion);
        Assert.Equal(outcome.Gain, ReportCheck.Of(read, null)[0].Value);
        Assert.Equal(outcome.Standing, RunVerdict.Of(read).After);
    }

    /// <param name="Live">The minion's version when the report is read; the run began with 4 and made 5.</param>
    /// <param name="Gain">The value of the first check.</param>
    private sealed record Outcome(
        string Name,
        TrainingReport Report,
        Promotion Promote,
        int Live,
        string Heading,
        string Conclusion,
        string Gain,
        string Standing
    );
}
