using Republic.Core.Training.Reports;

namespace Republic.Tests.Unit.Training;

public sealed class ExperienceCurveTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 12.5)]
    [InlineData(55, 137.5)]
    [InlineData(250, 456.25)]
    [InlineData(2_650, 1_150)]
    [InlineData(12_400, 2_150)]
    [InlineData(20_000, 2_800)]
    [InlineData(30_000, 2_800)]
    public void Points_lie_on_lines_between_the_corners(int rows, double points) => Assert.Equal((decimal)points, ExperienceCurve.At(rows));

    [Fact]
    public void Many_small_runs_earn_what_one_large_run_does()
    {
        var split = Enumerable.Range(0, 48).Sum(run => ExperienceCurve.Earned(100 * run, 100, score: 100));

        Assert.InRange(split, ExperienceCurve.Earned(0, 4_800, score: 100) - 0.48m, ExperienceCurve.Earned(0, 4_800, score: 100));
    }

    [Theory]
    [InlineData(0, 100, 80, 200)]
    [InlineData(0, 100, 0, 0)]
    [InlineData(0, 100, 250, 250)]
    [InlineData(20_000, 5_000, 100, 0)]
    [InlineData(19_999, int.MaxValue, 100, 0.08)]
    public void A_run_earns_the_rise_by_its_score(int before, int trained, double score, double points) =>
        Assert.Equal((decimal)points, ExperienceCurve.Earned(before, trained, (decimal)score));
}
