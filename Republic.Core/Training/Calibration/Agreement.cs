namespace Republic.Core.Training.Calibration;

/// <summary>How alike a judge and a person grade.</summary>
/// <param name="MeanAbsoluteDifference">Points by which they differ on average.</param>
/// <param name="RankCorrelation">Spearman's, −1 to 1; null where either gave every answer the same points.</param>
/// <param name="SamePreference">Share of the pairs where both prefer the same answer, or both neither.</param>
public sealed record Agreement(double MeanAbsoluteDifference, double? RankCorrelation, double SamePreference)
{
    /// <param name="pairs">All graded by both.</param>
    internal static Agreement Of(IReadOnlyList<CalibrationPair> pairs)
    {
        var answers = pairs.SelectMany(pair => new[] { pair.First, pair.Second }).ToList();
        double[] judge = [.. answers.Select(answer => answer.Judge!.Value)];
        double[] person = [.. answers.Select(answer => answer.Person!.Value)];
        return new Agreement(
            judge.Zip(person, (one, other) => Math.Abs(one - other)).Average(),
            Correlation(Ranks(judge), Ranks(person)),
            pairs.Average(pair =>
                Preferred(pair.First.Judge, pair.Second.Judge) == Preferred(pair.First.Person, pair.Second.Person) ? 1.0 : 0
            )
        );
    }

    private static int Preferred(double? first, double? second) => first!.Value.CompareTo(second!.Value);

    /// <summary>Equal values share the mean of their places.</summary>
    private static double[] Ranks(double[] values) =>
        [.. values.Select(value => values.Count(other => other < value) + ((values.Count(other => other.Equals(value)) + 1) / 2.0))];

    private static double? Correlation(double[] one, double[] other)
    {
        var (mean, otherMean) = (one.Average(), other.Average());
        var (spread, otherSpread) = (one.Sum(x => Square(x - mean)), other.Sum(y => Square(y - otherMean)));
        return spread is 0 || otherSpread is 0
            ? null
            : one.Zip(other, (x, y) => (x - mean) * (y - otherMean)).Sum() / Math.Sqrt(spread * otherSpread);
    }

    private static double Square(double value) => value * value;
}
