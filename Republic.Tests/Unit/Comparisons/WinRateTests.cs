using Republic.Core.Comparisons;

namespace Republic.Tests.Unit.Comparisons;

public sealed class WinRateTests
{
    [Theory]
    // Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    [InlineData(81, 182, 0.2553, 0.3662)]
    [InlineData(15, 133, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 28, 0.0061, 0.1718)]
    public void The_interval_is_wilsons(int won, int lost, double low, double high)
    {
        var rate = WinRate.Of(won, lost, 0)!;

        Assert.Equal((low, high), (Math.Round(rate.Low, 4), Math.Round(rate.High, 4)));
    }

    [Fact]
    public void No_difference_counts_half()
    {
        Assert.Equal(WinRate.Of(7, 5, 0), WinRate.Of(5, 3, 4));
        Assert.Equal(0.5, WinRate.Of(0, 0, 10)!.Rate);
    }

    [Fact]
    public void Fewer_than_ten_votes_say_nothing()
    {
        Assert.Null(WinRate.Of(9, 0, 0));
        Assert.NotNull(WinRate.Of(9, 0, 1));
    }
}
