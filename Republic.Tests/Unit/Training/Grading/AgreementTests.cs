using Republic.Core.Training.Calibration;

namespace Republic.Tests.Unit.Training.Grading;

public sealed class AgreementTests
{
    [Fact]
    public void Figures_are_as_by_hand()
    {
        // Ranks of the judge 1 2 3 4, of the person 2 1 3 4: 1 − 6·2/(4·15) = 0.8. The first pair is preferred otherwise.
        var agreement = Agreement.Of([Pair((10, 30), (20, 20)), Pair((50, 60), (80, 70))]);

        Assert.Equal((20 + 0 + 10 + 10) / 4.0, agreement.MeanAbsoluteDifference);
        Assert.Equal(0.8, agreement.RankCorrelation!.Value, 12);
        Assert.Equal(0.5, agreement.SamePreference);
    }

    [Fact]
    public void Ties_share_their_rank_and_are_a_preference_of_their_own()
    {
        // Ranks of the judge 1.5 1.5 3 4, of the person 1 2 3.5 3.5.
        var agreement = Agreement.Of([Pair((50, 10), (50, 20)), Pair((60, 90), (70, 90))]);

        Assert.Equal((1.5 + 0.5 + 0.5 + 1.5) / 4.5, agreement.RankCorrelation!.Value, 12);
        Assert.Equal(0, agreement.SamePreference);
    }

    [Fact]
    public void Without_differences_there_is_no_rank() =>
        Assert.Null(Agreement.Of([Pair((50, 10), (50, 20)), Pair((50, 30), (50, 40))]).RankCorrelation);

    private static CalibrationPair Pair((double Judge, double Person) first, (double Judge, double Person) second) =>
        new("Which?", null, new("one", first.Judge, first.Person), new("two", second.Judge, second.Person));
}
