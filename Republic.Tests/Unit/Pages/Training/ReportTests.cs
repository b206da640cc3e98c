using System.Text.Json;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Tests.Unit.Training;
using Republic.Web.Pages.Training;
using Republic.Web.Pages.Training.Charts;
using Republic.Web.Pages.Training.Reports;

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

    [Fact]
    public void A_warnings_first_sentence_is_the_fact() =>
        Assert.Equal(
            [("Nobody graded the answers.", " Closer means more like your rows, not that your rows are right."), ("It was 0.5 of it.", "")],
            new[] { TrainingReport.NobodyGraded, "It was 0.5 of it." }.Select(ReportWords.Parts)
        );

    [Fact]
    public void A_run_like_another_has_its_settings_but_for_rate_and_epochs()
    {
        var card = Cards.Run(TrainingStatus.Completed, 8, report: Reports.Forgot);
        var run = card with
        {
            Config = card.Config with { Lora = card.Config.Lora with { LearningRate = 2e-3, Epochs = 5, Rank = 8 }, Repeats = 2 },
        };

        var alike = TrainingForm.Like(run);

        Assert.Equal((null, null, "8", "2"), (alike.LearningRate, alike.Epochs, alike.Rank, alike.Repeats));
        Assert.Equal((run.MinionId, run.DatasetIds[0]), (alike.MinionId!.Value, alike.DatasetIds.Single()));
        Assert.True(alike.TakesProposal);
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
        Assert.Equal(
            ("no judge graded them, and so no score is shown anywhere", "–", false),
            (quality.After, quality.Change, quality.IsMeasured)
        );
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

    private static ReportFigure Figure(TrainingReport report, string name) =>
        Assert.Single(ReportFigure.Of(report), figure => figure.Name == name);
}
