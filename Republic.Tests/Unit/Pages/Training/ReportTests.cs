using System.Text.Json;
using Republic.Core.Training;
using Republic.Core.Training.Gate;
using Republic.Tests.Unit.Training;
using Republic.Web.Pages.Training;

namespace Republic.Tests.Unit.Pages.Training;

public sealed class ReportTests
{
    [Theory]
    [InlineData(GateVerdict.Better, "good")]
    [InlineData(GateVerdict.Worse, "bad")]
    [InlineData(GateVerdict.Forgot, "bad")]
    [InlineData(GateVerdict.NoChange, null)]
    [InlineData(GateVerdict.TooFew, null)]
    [InlineData(GateVerdict.NotGraded, null)]
    public void Only_what_was_told_from_chance_has_a_colour(GateVerdict verdict, string? tone) =>
        Assert.Equal(tone, ReportWords.Tone(verdict));

    [Fact]
    public void A_verdict_rests_on_four_checks()
    {
        Assert.Equal(
            [
                ("good", "24 rows, 17 groups", "+0.28 to +0.54"),
                ("none", "no difference beyond noise", "57 of 60"),
                ("good", "60 free answers read", "0"),
                ("none", "nobody graded them", "not graded"),
            ],
            Checks(Reports.Better)
        );
        Assert.Equal(
            [("good", "+0.55 to +0.90"), ("bad", "31 of 60"), ("bad", "6"), ("none", "not graded")],
            ReportCheck.Of(Reports.Forgot, null).Select(check => (check.Tone, check.Value))
        );
        Assert.Equal("at least 53 of 60 needed", ReportCheck.Of(Reports.Forgot, null)[1].Meaning);
        Assert.Equal(
            [
                ("none", "not with 5 rows", "−0.14 to +0.36"),
                ("none", "no difference beyond noise", "59 of 60"),
                ("good", "60 free answers read", "0"),
                ("none", "nobody graded them", "not graded"),
            ],
            Checks(Reports.TooFew)
        );
    }

    [Fact]
    public void What_was_lost_beyond_noise_is_called_tolerated() =>
        Assert.Equal(
            ["nothing was lost", "no difference beyond noise", "down to 53 is within the limit"],
            new Retention[] { new(60, 60, 0), new(56, 60, 4), new(57, 60, 2) }.Select(kept =>
                ReportCheck.Of(Reports.Better with { Retention = kept }, null)[1].Meaning
            )
        );

    [Theory]
    [InlineData(GateVerdict.Better, 0.2, 0.4, "good")]
    [InlineData(GateVerdict.NoChange, -0.1, 0.2, "bad")]
    [InlineData(GateVerdict.NoChange, 0.0, 0.2, "bad")]
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

    [Theory]
    [InlineData(1.0, 0.79, 0.2, "good")]
    [InlineData(1.0, 1.21, 0.2, "bad")]
    [InlineData(1.0, 1.19, 0.2, null)]
    [InlineData(1.0, 0.2, null, null)]
    public void Time_has_a_colour_beyond_the_spread_of_its_repeats_alone(double before, double after, double? noise, string? tone)
    {
        var report = Reports.Better with
        {
            BeforeSpeed = before,
            AfterSpeed = after,
            Noise = noise is { } speed ? new(speed, 5, null) : null,
        };

        var figure = Figure(report, "Seconds to an answer");

        Assert.Equal((tone, noise is null ? "" : "± 0.20"), (figure.Tone, figure.Noise));
    }

    [Fact]
    public void Losses_that_decided_have_the_colour_of_their_interval_and_words_have_none()
    {
        var report = Reports.Better with
        {
            ValidationLossBefore = 1.94,
            ValidationLossAfter = 1.53,
            PerplexityBefore = 7,
            PerplexityAfter = 4.6,
            BeforeWords = 84,
            AfterWords = 20,
            Noise = new(0.04, 5, null),
        };

        Assert.Equal(("−0.41", "± 0.13", "good"), Said(Figure(report, "Held-out loss, nats a token")));
        Assert.Equal("good", Figure(report, "Held-out perplexity").Tone);
        Assert.Equal(("−64", "± 5", null), Said(Figure(report, "Words in an answer")));
        Assert.Null(Figure(report with { Verdict = GateVerdict.TooFew }, "Held-out loss, nats a token").Tone);
        // Where a judge decides, nothing says how far the loss moves by chance.
        var judged = Reports.Judged(GateVerdict.Better, 11, 6, 17) with
        {
            ValidationLossBefore = 1.94,
            ValidationLossAfter = 1.53,
        };
        Assert.Equal(("−0.41", "", null), Said(Figure(judged, "Held-out loss, nats a token")));

        static (string, string, string?) Said(ReportFigure figure) => (figure.Change, figure.Noise, figure.Tone);
    }

    [Fact]
    public void A_prompt_has_a_colour_where_its_repeats_do_not_overlap()
    {
        var report = Cards.Report(GateVerdict.Better) with
        {
            Questions =
            [
                new("up", [40, 50], [60, 70], false),
                new("across", [40, 65], [60, 70], false),
                new("once", [10], [90], false),
                new("down", [80, 90], [70, 79], false),
            ],
        };

        Assert.Equal(["good", null, null, "bad"], PromptView.Of(report).Select(prompt => prompt.Tone));
        // By loss each row is measured once, and nothing says how far it moves by chance.
        var byLoss = Reports.Better with
        {
            Questions = [new("much", [2, 2.1], [0.1, 0.2], false)],
        };
        Assert.Null(PromptView.Of(byLoss).Single().Tone);
    }

    [Theory]
    [InlineData(60, 60, 0)]
    [InlineData(57, 60, 3)]
    [InlineData(0, 60, 60)]
    [InlineData(1, 1, 0)]
    [InlineData(7, 8, 1)]
    [InlineData(110, 130, 20)]
    public void Every_answer_has_a_seat_and_those_that_were_lost_sit_at_the_right(int kept, int of, int lost)
    {
        var seats = new HemicycleChart(kept, of).Seats;

        Assert.Equal((of, lost), (seats.Count, seats.Count(seat => seat.IsLost)));
        Assert.Equal(of, seats.Select(seat => (Math.Round(seat.X, 2), Math.Round(seat.Y, 2))).Distinct().Count());
        Assert.All(seats, seat => Assert.True(seat is { X: >= 17 and <= 243, Y: >= 5 and <= 118.01 }, $"{seat}"));
        if (kept > 0 && lost > 0)
        {
            Assert.True(
                seats.Where(seat => seat.IsLost).Average(seat => seat.X) > seats.Where(seat => !seat.IsLost).Average(seat => seat.X)
            );
        }
    }

    [Fact]
    public void The_last_seats_at_the_right_end_are_the_outer_ones_of_the_lowest_line() =>
        Assert.Equal(
            [210.0, 224.0, 238.0],
            new HemicycleChart(57, 60).Seats.Where(seat => seat.IsLost).Select(seat => Math.Round(seat.X, 6))
        );

    [Fact]
    public void What_equal_runs_keep_stands_below_the_hall()
    {
        Assert.Equal(
            "Asked again, the version before keeps 56 to 60, so 57 is no loss that can be told from noise.",
            ReportWords.Keeping(new(57, 60, 4))
        );
        Assert.Equal("Asked again, the version before keeps 56 to 60.", ReportWords.Keeping(new(59, 60, 4)));
        Assert.Equal("Asked again, the version before keeps 56 to 60. 31 is far beyond noise.", ReportWords.Keeping(new(31, 60, 4)));
        Assert.Equal("Asked again, the version before keeps 56 to 60. 50 is beyond noise.", ReportWords.Keeping(new(50, 60, 4)));
        Assert.Equal("Asked again, the version before keeps all 60. Down to 53 is within the limit.", ReportWords.Keeping(new(58, 60, 0)));
    }

    [Fact]
    public void A_warnings_first_sentence_is_the_fact() =>
        Assert.Equal(
            [("Nobody graded the answers.", " Closer means more like your rows, not that your rows are right."), ("It was 0.5 of it.", "")],
            new[] { TrainingReport.NobodyGraded, "It was 0.5 of it." }.Select(ReportWords.Parts)
        );

    [Fact]
    public void A_gentler_run_is_the_same_with_half_the_rate_and_half_the_epochs()
    {
        var card = Cards.Run(TrainingStatus.Completed, 8, report: Reports.Forgot);
        var run = card with
        {
            Config = card.Config with { Lora = card.Config.Lora with { LearningRate = 2e-3, Epochs = 5, Rank = 8 }, Repeats = 2 },
        };

        var gentle = TrainingForm.Like(run, gentler: true);
        var alike = TrainingForm.Like(run, gentler: false);

        Assert.Equal(("0.001", "3", "8", "2"), (gentle.LearningRate, gentle.Epochs, gentle.Rank, gentle.Repeats));
        Assert.Equal((run.MinionId, run.DatasetIds[0]), (gentle.MinionId!.Value, gentle.DatasetIds.Single()));
        Assert.Equal((null, null, "8"), (alike.LearningRate, alike.Epochs, alike.Rank));
        Assert.True(gentle.TakesProposal);
        Assert.Equal(1e-3, gentle.ToConfig([]).Lora.LearningRate);
        Assert.Equal(
            "1",
            TrainingForm.Like(run with { Config = run.Config with { Lora = run.Config.Lora with { Epochs = 1 } } }, true).Epochs
        );
    }

    [Fact]
    public void Held_out_prompts_are_not_called_unlearned_where_the_collection_holds_them()
    {
        var plain = Cards.Report(GateVerdict.Better);
        var rag = plain with { Collections = [new(Guid.Empty, "Built", 1, 1, Built: true)] };

        Assert.Equal("rows that nothing was learned from", ReportWords.HeldOut(plain));
        Assert.Equal(
            ReportWords.HeldOut(plain),
            ReportWords.HeldOut(plain with { Collections = [new(Guid.Empty, "Linked", 1, 1, Built: false)] })
        );
        Assert.StartsWith("rows that are in the collection too", ReportWords.HeldOut(rag));
        Assert.StartsWith("rows that the weights did not learn from", ReportWords.HeldOut(rag with { Adapter = new("a", "b", "c") }));
    }

    [Fact]
    public void What_was_not_measured_has_words_and_no_figure()
    {
        var report = Cards.Report(GateVerdict.NotGraded);
        var figures = ReportFigure.Of(report);

        Assert.Equal(["no weights trained", "no weights trained"], figures.Take(2).Select(figure => figure.After));
        var quality = Figure(report, "Quality, of 100");
        Assert.Equal(("not graded, and so no score is shown anywhere", "–", false), (quality.After, quality.Change, quality.IsMeasured));
    }

    [Fact]
    public void Prompts_that_flipped_come_first_with_their_direction()
    {
        var prompts = PromptView.Of(Cards.Report(GateVerdict.Better, questions: [(60, 70, false), (40, 90, true), (55, 20, true)]));

        Assert.Equal(["q1", "q2", "q0"], prompts.Select(prompt => prompt.Text));
        Assert.Equal([true, false, false], prompts.Select(prompt => prompt.NowPasses));
        Assert.Equal((0.4, 0.9), (prompts[0].WasAt, prompts[0].IsAt));
    }

    [Fact]
    public void The_interval_is_drawn_between_round_numbers_with_no_change_among_them()
    {
        var chart = new IntervalChart(11.4, 6.2, 16.8, "points");

        Assert.Contains(0, chart.Ticks);
        Assert.True(chart.Ticks[0] < 0 && chart.Ticks[^1] >= 16.8);
        Assert.True(chart.X(chart.Low) < chart.X(chart.Gain) && chart.X(chart.Gain) < chart.X(chart.High));
        Assert.Equal(("+11.4", "−0.31"), (IntervalChart.Signed(11.4), IntervalChart.Signed(-0.31)));
    }

    [Fact]
    public void An_interval_of_no_change_at_all_is_drawn_in_the_middle()
    {
        var chart = new IntervalChart(0, 0, 0, "points");

        Assert.Equal(IntervalChart.Width / 2, chart.X(0));
        Assert.Equal((-1, 1), (chart.Ticks[0], chart.Ticks[^1]));
    }

    [Fact]
    public void Answers_are_put_together_by_prompt_with_what_a_judge_gave_them()
    {
        var made = JsonElement.Parse("""{"stages":[{"name":"style","status":"done","text":"Ahoy"}],"passages":[]}""");
        RunAnswer[] answers =
        [
            new("Who?", 0, false, new("Owl", null, null), new("Hoot", null, null)),
            new("Who?", 1, false, new("I", null, null), new("Arr", null, made)),
            new("What is new?", 0, true, new("Nothing", 20, null), new("This", 90, null)),
        ];

        var (asked, held) = AnswerPair.Of(answers) is [var one, var other] ? (one, other) : throw new InvalidOperationException();

        Assert.Equal(("Who?", false, 2), (asked.Question, asked.IsHeldOut, asked.Repeats[1].Number));
        Assert.Equal(("I", "Arr", null), (asked.Repeats[1].Before.Text, asked.Repeats[1].After.Text, asked.NowPasses));
        Assert.Equal((true, true), (held.IsHeldOut, held.NowPasses));
        Assert.Empty(asked.Repeats[1].Before.Made);
        var style = Assert.Single(Assert.Single(asked.Repeats[1].After.Made).Parts);
        Assert.Equal("style", style.Label);
        Assert.Equal([("Status", "done"), ("Text", "Ahoy")], style.Parts.Select(part => (part.Label, part.Value!)));
    }

    private static IEnumerable<(string Tone, string Meaning, string Value)> Checks(TrainingReport report, string? judge = null) =>
        ReportCheck.Of(report, judge).Select(check => (check.Tone, check.Meaning, check.Value));

    private static ReportFigure Figure(TrainingReport report, string name) =>
        Assert.Single(ReportFigure.Of(report), figure => figure.Name == name);
}
