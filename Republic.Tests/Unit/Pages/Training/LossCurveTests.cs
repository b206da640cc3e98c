using Republic.Core.Training.Runs;
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
            "c",
            "",
            [new("training", "ln", [new(0, 3), new(10, 1.00)]), new("validation", "ln", [new(0, 3), new(10, 1.01)])],
            20
        );
        var labels = chart.Labels().ToList();

        Assert.Equal([1.0, 1.5, 2.0, 2.5, 3.0], chart.Ticks);
        Assert.Equal(chart.X(10), chart.Future);
        Assert.True(Math.Abs(labels[0].Y - labels[1].Y) >= 14);
        Assert.StartsWith("M40 12L", chart.Path(chart.Lines[0]));
    }

    [Fact]
    public void Shares_are_drawn_on_the_whole_from_the_first_round_on()
    {
        var chart = new LineChart("q", "", [new("first", "ln", [new(1, 0.8), new(2, 1), new(3, 0.83)])], 3) { IsShare = true, FirstX = 1 };

        Assert.Equal(["0 %", "25 %", "50 %", "75 %", "100 %"], chart.Ticks.Select(chart.Tick));
        Assert.Equal([1.0, 2.0, 3.0], chart.Steps);
        Assert.StartsWith($"M{LineChart.N(LineChart.Left)} ", chart.Path(chart.Lines[0]));
        Assert.Equal("83 % first", Assert.Single(chart.Labels()).Text);
    }

    [Fact]
    public void Lines_that_end_in_one_point_share_their_label()
    {
        var chart = new LineChart("q", "", [new("first", "ln", [new(1, 1)]), new("among five", "ln", [new(1, 1)])], 1) { IsShare = true };

        Assert.Equal("100 % first, among five", Assert.Single(chart.Labels()).Text);
    }

    [Fact]
    public void A_line_of_many_points_is_drawn_with_few_and_ends_where_it_ends()
    {
        ChartPoint[] points = [.. Enumerable.Range(0, 100_001).Select(step => new ChartPoint(step, step % 7))];
        var chart = new LineChart("c", "", [new("", "ln", points)], 100_000);
        var path = chart.Path(chart.Lines[0]);

        Assert.InRange(path.Count(letter => letter == 'L'), 300, 800);
        Assert.Contains($"L{LineChart.N(chart.X(100_000))} ", path);
    }

    [Theory]
    [InlineData(1, "0:01")]
    [InlineData(761.4, "12:41")]
    [InlineData(3_723, "1:02:03")]
    public void A_time_reads_as_a_clock(double seconds, string said) =>
        Assert.Equal(said, Republic.Web.Pages.Shared.Figures.Clock(seconds));
}
