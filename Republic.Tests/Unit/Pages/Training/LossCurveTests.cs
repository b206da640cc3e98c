using Republic.Core.Training.Runs;
using Republic.Web.Pages.Charts;
using Republic.Web.Pages.Training.Charts;

namespace Republic.Tests.Unit.Pages.Training;

public sealed class LossCurveTests
{
    private static readonly LossPoint[] Points =
    [
        new("validation", 0, 4, null, null),
        .. Enumerable.Range(1, 100).Select(step => new LossPoint("train", step, 4.0 / step, 10 * step, 0.001)),
        new("validation", 100, 0.5, null, null),
    ];

    [Fact]
    public void The_first_smoothed_point_is_itself_and_the_last_lies_behind_a_fall()
    {
        var curve = LossCurve.Of(Points);

        Assert.Equal(4, curve.Smoothed[0].Y);
        Assert.InRange(curve.Smoothed[^1].Y, 0.04, 0.06);
    }

    [Fact]
    public void The_title_says_what_the_lines_show() =>
        Assert.Equal(
            "Loss falls from 4.00 to 0.0447 in training and falls from 4.00 to 0.50 on the rows held out by step 100 of 200",
            LossCurve.Of(Points).Finding(200)
        );

    [Fact]
    public void Without_points_there_is_no_loss_to_speak_of() => Assert.Equal("No loss yet", LossCurve.Of([]).Finding(null));

    [Fact]
    public void A_loss_that_is_no_number_is_left_out() =>
        Assert.Equal([1.0], LossCurve.Of([new("train", 1, 2, 1, null), new("train", 2, double.NaN, 1, null)]).Training.Select(p => p.X));

    [Fact]
    public void The_drawing_holds_every_line_and_labels_that_do_not_touch()
    {
        var chart = new LineChart(
            "",
            [new("training", 0, [new(0, 3), new(10, 1.00)]), new("validation", 1, [new(0, 3), new(10, 1.01)])],
            20
        )
        {
            Along = "step",
        };
        var plot = chart.Plot;

        Assert.Equal([1.0, 1.5, 2.0, 2.5, 3.0], plot.Axis.Ticks);
        Assert.Equal(50, plot.Future);
        Assert.True(Math.Abs(plot.Labels[0].Y - plot.Labels[1].Y) >= 14);
        Assert.All(plot.Labels, label => Assert.InRange(label.Y, 0, plot.Height));
        Assert.Equal(["ln", "ln ln-2"], plot.Lines.Select(line => line.Style));
        Assert.StartsWith("M0 0L50 ", plot.Lines[0].Path);
        Assert.Equal("step 0", plot.Along[0].Text);
    }

    [Fact]
    public void Shares_are_drawn_on_the_whole_from_the_first_round_on()
    {
        var chart = new LineChart("", [new("first", 0, [new(1, 0.8), new(2, 1), new(3, 0.83)])], 3)
        {
            IsShare = true,
            FirstX = 1,
            Along = "round",
        };
        var plot = chart.Plot;

        Assert.Equal(["0 %", "25 %", "50 %", "75 %", "100 %"], plot.Axis.Ticks.Select(plot.Axis.Text));
        Assert.Equal([1.0, 2.0, 3.0], chart.Steps);
        Assert.StartsWith("M0 ", plot.Lines[0].Path);
        Assert.Equal("83 % first", Assert.Single(plot.Labels).Text);
    }

    [Fact]
    public void Lines_that_end_in_one_point_share_their_label()
    {
        var chart = new LineChart("", [new("first", 0, [new(1, 1)]), new("among five", 1, [new(1, 1)])], 1)
        {
            IsShare = true,
            Along = "round",
        };

        Assert.Equal("100 % first, among five", Assert.Single(chart.Plot.Labels).Text);
    }

    [Fact]
    public void A_line_of_many_points_is_drawn_with_few_and_ends_where_it_ends()
    {
        ChartPoint[] points = [.. Enumerable.Range(0, 100_001).Select(step => new ChartPoint(step, step % 7))];
        var path = new LineChart("", [new("training", 0, points)], 100_000) { Along = "step" }
            .Plot
            .Lines[0]
            .Path;

        Assert.InRange(path.Count(letter => letter == 'L'), 300, 800);
        Assert.Contains("L100 ", path);
    }

    [Theory]
    [InlineData(1, "0:01")]
    [InlineData(761.4, "12:41")]
    [InlineData(3_723, "1:02:03")]
    public void A_time_reads_as_a_clock(double seconds, string said) =>
        Assert.Equal(said, Republic.Web.Pages.Shared.Figures.Clock(seconds));
}
