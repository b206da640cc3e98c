using Republic.Web.Pages.Charts;

namespace Republic.Tests.Unit.Pages.Charts;

public sealed class ChartTableTests
{
    private static readonly DateOnly First = new(2026, 11, 1);

    [Fact]
    public void Sums_of_days_are_bars_one_series_on_the_other()
    {
        var plot = Chart(ChartKind.Bars, AxisUnit.Count, 7, (0, [2, 1]), (6, [3, 0])).Plot;

        Assert.Equal([0.0, 1.0, 2.0, 3.0], plot.Axis.Ticks);
        Assert.Equal(["col", "col col-2", "col"], plot.Bars.Select(bar => bar.Style));
        Assert.Equal(plot.Bars[0].Y, plot.Bars[1].Y + plot.Bars[1].Height, 6);
        Assert.Equal(0, plot.Bars[2].Y, 6);
        Assert.All(plot.Bars, bar => Assert.True(bar.X >= 0 && bar.X + bar.Width <= 100));
        Assert.Equal("1 Nov 2026: a 2, b 1", plot.Slots[0].Title);
    }

    [Fact]
    public void Money_that_is_0_is_a_flat_line()
    {
        var plot = Chart(ChartKind.Bars, AxisUnit.Dollars, 30, (3, [0, null])).Plot;

        Assert.Empty(plot.Bars);
        Assert.Equal("$0", plot.Axis.Text(Assert.Single(plot.Axis.Ticks)));
        Assert.True(plot.Height < 40, "It needs no space for a scale.");
    }

    [Fact]
    public void What_is_known_of_no_day_is_not_drawn() =>
        Assert.False(Chart(ChartKind.Bars, AxisUnit.Dollars, 30, (3, [null, null])).CanDraw);

    [Fact]
    public void A_line_has_gaps_and_a_day_between_gaps_a_point()
    {
        var plot = Chart(ChartKind.Lines, AxisUnit.Seconds, 10, (0, [1, 3]), (1, [2, 4]), (4, [2, 4]), (6, [1, null])).Plot;

        Assert.Equal(3, plot.Lines[0].Path.Count(letter => letter == 'M'));
        Assert.Equal("ln ln-2", plot.Lines[1].Style);
        Assert.Equal(["dot", "dot", "dot dot-2"], plot.Dots.Select(dot => dot.Style));
        Assert.Equal(["4", "1"], plot.Labels.Select(label => label.Text));
    }

    [Fact]
    public void Before_and_after_are_points_that_are_joined_where_both_are_known()
    {
        var plot = Chart(ChartKind.Dots, AxisUnit.Number, 5, (1, [60, 70]), (2, [null, 65])).Plot;

        Assert.Single(plot.Lines);
        Assert.Equal(["was", "is", "is"], plot.Dots.Select(dot => dot.Style));
        Assert.True(plot.Dots[0].Y > plot.Dots[1].Y);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(90)]
    [InlineData(366)]
    public void Few_days_have_a_label_the_last_among_them_and_fewer_where_it_is_narrow(int days)
    {
        var axis = new DayAxis(First, First.AddDays(days - 1));

        Assert.InRange(axis.Labels.Count, 1, 6);
        Assert.InRange(axis.Labels.Count(label => !label.IsThin), 1, 3);
        Assert.Equal(First.AddDays(days - 1).ToString("d MMM", System.Globalization.CultureInfo.InvariantCulture), axis.Labels[^1].Text);
        Assert.False(axis.Labels[^1].IsThin);
        Assert.Equal(axis.Labels.OrderBy(label => label.X), axis.Labels);
    }

    [Fact]
    public void The_key_is_drawn_as_the_marks_are()
    {
        Assert.Equal(["col", "col col-2"], Chart(ChartKind.Bars, AxisUnit.Count, 7).Legend.Select(key => key.Style));
        Assert.Equal(["ln", "ln ln-2"], Chart(ChartKind.Lines, AxisUnit.Count, 7).Legend.Select(key => key.Style));
    }

    private static ChartTable Chart(ChartKind kind, AxisUnit unit, int days, params (int Day, double?[] Values)[] rows) =>
        new(
            "c",
            "Title",
            "Finding",
            kind,
            ["a", "b"],
            [
                .. rows.Select(row => new ChartRow(
                    new(First.AddDays(row.Day), TimeOnly.MinValue, TimeSpan.Zero),
                    $"{row.Day + 1} Nov 2026",
                    [.. row.Values.Select(value => new ChartCell(value, $"{value}"))]
                )),
            ]
        )
        {
            Days = new DayAxis(First, First.AddDays(days - 1)),
            Unit = unit,
        };
}
