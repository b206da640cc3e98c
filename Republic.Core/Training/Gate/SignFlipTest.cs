namespace Republic.Core.Training.Gate;

/// <summary>
/// The interval of a mean difference by the sign-flip permutation test, one-sided on either side, at 97.5 % if nothing else is said. If
/// nothing had changed, each prompt's difference could as well have the other sign; flipping the signs of some of them after taking a
/// shift δ away gives a larger mean exactly where the mean of the flipped ones is at most δ. So the shifts that the test does not reject
/// lie between the outer tails of the means of random subsets (Hartigan, "Using subsample values as typical values", 1969).
/// </summary>
public static class SignFlipTest
{
    private const int Subsets = 9999;
    private const double Tail = 0.025;

    /// <summary>Of fewer, even all on one side stand so by chance more often than once in 40 times (2⁻⁵ = 1/32): they give no interval.</summary>
    public const int FewestDifferences = 6;

    /// <summary>As <see cref="FewestDifferences"/>, for another tail: of fewer, all stand on one side by chance more often than that.</summary>
    public static int FewestFor(double tail) => (int)Math.Ceiling(-Math.Log2(tail));

    /// <param name="differences">One per prompt; at least one.</param>
    /// <param name="seed">Of the subsets: the same one gives the same interval.</param>
    /// <param name="tail">The chance of the true difference to lie below the interval, and likewise above it.</param>
    public static ConfidenceInterval Interval(IReadOnlyList<double> differences, int seed, double tail = Tail)
    {
        var random = new SeededRandom((ulong)seed);
        var means = new double[Subsets];
        for (var i = 0; i < Subsets; i++)
        {
            means[i] = MeanOfSome(differences, random);
        }

        Array.Sort(means);
        // The test counts the signs as they are among the flips, which belong to no subset's mean: hence one more than are drawn.
        var outside = (int)Math.Round(tail * (Subsets + 1));
        return new ConfidenceInterval(means[outside - 1], means[Subsets - outside]);
    }

    private static double MeanOfSome(IReadOnlyList<double> differences, SeededRandom random)
    {
        while (true)
        {
            var (sum, count) = (0.0, 0);
            foreach (var difference in differences)
            {
                if (random.Next(2) == 0)
                {
                    (sum, count) = (sum + difference, count + 1);
                }
            }

            if (count > 0)
            {
                return sum / count;
            }
        }
    }
}
