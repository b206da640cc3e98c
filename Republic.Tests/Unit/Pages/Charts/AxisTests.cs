using Republic.Web.Pages.Charts;

namespace Republic.Tests.Unit.Pages.Charts;

public sealed class AxisTests
{
    [Theory]
    [InlineData(1, "0 1")]
    [InlineData(2, "0 1 2")]
    [InlineData(3, "0 1 2 3")]
    [InlineData(5, "0 2 4 6")]
    [InlineData(7, "0 2 4 6 8")]
    [InlineData(613, "0 200 400 600 800")]
    [InlineData(20_000, "0 5,000 10k 15k 20k")]
    [InlineData(3_400_000, "0 1M 2M 3M 4M")]
    public void Counts_have_whole_round_ticks(double most, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Texts(Axis.FromZero(AxisUnit.Count, [0, most]))));

    [Theory]
    [InlineData(0.0034, "$0 $0.001 $0.002 $0.003 $0.004")]
    [InlineData(0.7, "$0 $0.20 $0.40 $0.60 $0.80")]
    [InlineData(3, "$0 $1 $2 $3")]
    [InlineData(1_900, "$0 $500 $1,000 $1,500 $2,000")]
    public void Money_has_as_many_digits_as_tell_its_ticks_apart(double most, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', Texts(Axis.FromZero(AxisUnit.Dollars, [most]))));

    [Theory]
    [InlineData(AxisUnit.Dollars, "$0")]
    [InlineData(AxisUnit.Count, "0")]
    [InlineData(AxisUnit.Seconds, "0 s")]
    public void What_is_0_throughout_has_no_scale(AxisUnit unit, string only)
    {
        foreach (
            var axis in new[] { Axis.FromZero(unit, [0, 0]), Axis.FromZero(unit, []), Axis.Around(unit, [0, 0]), Axis.Around(unit, []) }
        )
        {
            Assert.True(axis.IsFlat);
            Assert.Equal([only], Texts(axis));
            Assert.Equal(0, axis.At(0));
        }
    }

    [Fact]
    public void One_value_stands_between_two_ticks()
    {
        var axis = Axis.Around(AxisUnit.Number, [2.5]);

        Assert.True(axis.Ticks.Count >= 2);
        Assert.InRange(axis.At(2.5), 0, 1);
    }

    [Fact]
    public void Points_are_seen_from_near()
    {
        Assert.Equal([1.0, 1.5, 2.0, 2.5, 3.0], Axis.Around(AxisUnit.Number, [1, 3]).Ticks);
        Assert.Equal(["1.0", "1.5", "2.0", "2.5", "3.0"], Texts(Axis.Around(AxisUnit.Number, [1, 3])));
    }

    [Theory]
    [InlineData(9.2e18)]
    [InlineData(1e12)]
    [InlineData(1e-7)]
    public void Huge_and_tiny_values_lie_within_few_ticks(double value)
    {
        var axis = Axis.FromZero(AxisUnit.Number, [value]);

        Assert.InRange(axis.Ticks.Count, 2, 7);
        Assert.InRange(axis.At(value), 0.5, 1);
        Assert.Equal(axis.Ticks.Count, Texts(axis).Distinct().Count());
    }

    [Fact]
    public void What_is_no_number_is_left_out() =>
        Assert.Equal(
            Axis.FromZero(AxisUnit.Count, [3]).Ticks,
            Axis.FromZero(AxisUnit.Count, [3, double.NaN, double.PositiveInfinity]).Ticks
        );

    private static IEnumerable<string> Texts(Axis axis) => axis.Ticks.Select(axis.Text);
}
