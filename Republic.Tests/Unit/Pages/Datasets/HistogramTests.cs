using Republic.Core.Datasets.Refining;
using Republic.Web.Pages.Datasets;

namespace Republic.Tests.Unit.Pages.Datasets;

public sealed class HistogramTests
{
    [Fact]
    public void Bars_stand_on_the_axis_and_none_rises_above_the_grid()
    {
        var plot = Tokens(120, 0, 613, 1).Plot;

        Assert.Equal([0.0, 200.0, 400.0, 600.0, 800.0], plot.Axis.Ticks);
        Assert.Equal(3, plot.Bars.Count);
        Assert.All(plot.Bars, bar => Assert.Equal(plot.Height, bar.Y + bar.Height, 6));
        Assert.True(plot.Bars[^1].Height > 1, "One row among hundreds is still seen.");
        Assert.True(plot.Bars[^1].X + plot.Bars[^1].Width < 100);
        Assert.Equal(["0", "8", "16", "32"], plot.Along.Select(label => label.Text));
    }

    [Fact]
    public void The_middle_is_the_bar_with_the_middle_row()
    {
        Assert.Equal(16, Histogram.Middle(Tokens(1, 2, 4, 0).Bars)!.From);
        Assert.Equal(0, Histogram.Middle(Tokens(4, 3).Bars)!.From);
        Assert.Null(Histogram.Middle(Tokens(0, 0).Bars));
        Assert.True(Tokens().Plot.Axis.IsFlat);
    }

    [Theory]
    [InlineData(8, 16, "8 to 15")]
    [InlineData(0, 1, "0")]
    [InlineData(0.2, 0.3, "0.2 to 0.3")]
    [InlineData(1024, 2048, "1,024 to 2,047")]
    public void A_bar_says_its_values(double from, double to, string words) =>
        Assert.Equal(words, Histogram.Range(new HistogramBin(from, to, 1)));

    private static Histogram Tokens(params int[] counts) =>
        new("h", "h", "tokens", [.. counts.Select((count, i) => new HistogramBin(i == 0 ? 0 : 4 << i, 8 << i, count))]);
}
