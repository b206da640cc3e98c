using Republic.Core;
using Republic.Core.Training.Gate;

namespace Republic.Tests.Unit.Training;

/// <summary>Whether a new version is better is decided by what was measured, and rarely wrongly.</summary>
public sealed class GateTests
{
    private const int Runs = 200;

    [Fact]
    public void Of_versions_that_are_equal_few_are_promoted() => Assert.InRange(Promoted(better: 0), 0, (Runs * 5 / 100) - 1);

    [Fact]
    public void Of_versions_that_are_better_by_ten_points_most_are_promoted() =>
        Assert.InRange(Promoted(better: 10), (Runs * 80 / 100) + 1, Runs);

    [Fact]
    public void A_version_that_is_worse_is_called_so()
    {
        var comparison = Compare(new SeededRandom(3), better: -15, prompts: 30);

        Assert.Equal((GateVerdict.Worse, false), (comparison.Verdict, comparison.Promotes));
    }

    [Fact]
    public void Eleven_prompts_are_too_few_whatever_they_say()
    {
        var comparison = Compare(new SeededRandom(3), better: 60, prompts: 11);

        Assert.True(comparison.Interval!.Low > 0);
        Assert.Equal((GateVerdict.TooFew, false), (comparison.Verdict, comparison.Promotes));
    }

    [Fact]
    public void Answers_that_are_all_the_same_are_no_change()
    {
        var comparison = new GateComparison([.. Enumerable.Range(0, 20).Select(i => new PairedPrompt($"{i}", [70], [70]))], Seed: 1);

        Assert.Equal((GateVerdict.NoChange, new Interval(0, 0)), (comparison.Verdict, comparison.Interval!));
    }

    [Fact]
    public void Nothing_graded_is_no_verdict_and_no_promotion()
    {
        var comparison = new GateComparison([], Seed: 1);

        Assert.Equal((GateVerdict.NotGraded, null, false), (comparison.Verdict, comparison.Interval, comparison.Promotes));
    }

    [Theory]
    [InlineData(2.0, 2.2, true)]
    [InlineData(2.0, 2.21, false)]
    [InlineData(2.0, double.NaN, false)]
    [InlineData(2.0, double.PositiveInfinity, false)]
    public void A_version_that_forgets_is_not_promoted(double before, double after, bool promotes)
    {
        var comparison = Compare(new SeededRandom(3), better: 20, prompts: 30) with { Forgetting = new(before, after) };

        Assert.Equal((GateVerdict.Better, promotes), (comparison.Verdict, comparison.Promotes));
    }

    [Fact]
    public void The_interval_covers_the_truth_as_often_as_it_says()
    {
        var random = new SeededRandom(8);
        var covered = Enumerable
            .Range(0, 400)
            .Count(_ =>
            {
                var interval = Compare(random, better: 5, prompts: 20).Interval!;
                return interval.Low <= 5 && interval.High >= 5;
            });

        Assert.InRange(covered / 400.0, 0.92, 0.98);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        var prompts = Compare(new SeededRandom(5), better: 4, prompts: 24).Prompts;

        Assert.Equal(new GateComparison(prompts, Seed: 9).Interval, new GateComparison(prompts, Seed: 9).Interval);
        Assert.NotEqual(new GateComparison(prompts, Seed: 9).Interval, new GateComparison(prompts, Seed: 10).Interval);
    }

    [Theory]
    [InlineData(60, 40, true)]
    [InlineData(40, 60, true)]
    [InlineData(60, 90, false)]
    public void A_prompt_that_passed_and_fails_has_flipped(double before, double after, bool flipped) =>
        Assert.Equal(flipped, new PairedPrompt("", [before], [after]).Flipped);

    private static int Promoted(double better)
    {
        var random = new SeededRandom(1);
        return Enumerable.Range(0, Runs).Count(_ => Compare(random, better, prompts: 24).Promotes);
    }

    /// <summary>Prompts differ in how hard they are, in how much a run helps with them, and answers to one prompt differ too.</summary>
    private static GateComparison Compare(SeededRandom random, double better, int prompts)
    {
        double Noise(double deviation) => deviation * random.NextNormal();
        return new GateComparison(
            [
                .. Enumerable
                    .Range(0, prompts)
                    .Select(i =>
                    {
                        var (level, help) = (50 + Noise(15), better + Noise(8));
                        return new PairedPrompt(
                            $"{i}",
                            [.. Enumerable.Range(0, 3).Select(_ => level + Noise(15))],
                            [.. Enumerable.Range(0, 3).Select(_ => level + help + Noise(15))]
                        );
                    }),
            ],
            Seed: random.Next(int.MaxValue)
        );
    }
}
