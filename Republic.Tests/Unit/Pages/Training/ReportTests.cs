using System.Text.Json;
using Republic.Core.Training;
using Republic.Core.Training.Gate;
using Republic.Web.Pages.Training;

namespace Republic.Tests.Unit.Pages.Training;

public sealed class ReportTests
{
    [Theory]
    [InlineData(GateVerdict.Better, true, "Better, and live as version 2", "good")]
    [InlineData(GateVerdict.Better, false, "Better; version 2 is a draft", "good")]
    [InlineData(GateVerdict.NoChange, false, "No difference beyond chance; version 2 is a draft", null)]
    [InlineData(GateVerdict.Worse, true, "Worse, and live as version 2", "bad")]
    [InlineData(GateVerdict.TooFew, false, "Too few prompts to tell; version 2 is a draft", null)]
    [InlineData(GateVerdict.NotGraded, false, "Not graded; version 2 is a draft", null)]
    public void The_heading_says_what_was_found_and_what_became_of_it(GateVerdict verdict, bool promoted, string heading, string? tone)
    {
        var report = Cards.Report(verdict, promoted);

        Assert.Equal((heading, tone), (ReportWords.Heading(report), ReportWords.Tone(report)));
    }

    [Fact]
    public void A_loss_that_falls_is_a_gain_and_points_that_fall_are_none()
    {
        var loss = Cards.Report(GateVerdict.Better, unit: "nats", questions: [(5, 2, false), (4, 1, false)]);
        var points = Cards.Report(GateVerdict.Worse, low: -9, high: -1, questions: [(80, 75, false)]);

        Assert.Equal(3, ReportWords.GainOf(loss));
        Assert.StartsWith("On rows it never saw the loss fell by 3.0 nats per token.", ReportWords.Measured(loss));
        Assert.Equal(-5, ReportWords.GainOf(points));
        Assert.StartsWith("The score fell by 5.0 of 100 points.", ReportWords.Measured(points));
        Assert.Equal(
            "bad",
            ReportFigure
                .Of(
                    new()
                    {
                        GradedBy = "none",
                        Conclusion = "",
                        Verdict = default,
                        BeforeSpeed = 1,
                        AfterSpeed = 2,
                    }
                )[2]
                .Tone
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
    public void An_interval_around_no_change_says_that_it_may_be_chance() =>
        Assert.EndsWith(
            "this may be chance.",
            ReportWords.Measured(Cards.Report(GateVerdict.NoChange, low: -1, high: 2, questions: [(50, 51, false)]))
        );

    [Fact]
    public void What_was_not_measured_has_words_and_no_figure()
    {
        var report = Cards.Report(GateVerdict.NotGraded);
        var figures = ReportFigure.Of(report);

        Assert.StartsWith("Nothing could grade the answers", ReportWords.Measured(report));
        Assert.Equal(("not graded", "not graded", "–"), (figures[0].Before, figures[0].After, figures[0].Change));
        Assert.Equal("not measured", figures[^1].After);
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
}
