using Republic.Bench.Rows;
using Republic.Core.Training.Gate;

namespace Republic.Bench.Truth;

/// <summary>The loss of the fresh rows before a run and after it, in nats a token, each row counting alike.</summary>
/// <param name="Low">Of the change, by clusters, as the sign-flip test has it: one-sided at 97.5 %. Below 0 is better.</param>
/// <param name="High">Likewise.</param>
internal sealed record FreshLoss(double Before, double After, double Low, double High)
{
    public bool IsBetter => High < 0;

    public static FreshLoss Of(IReadOnlyList<Row> rows, IReadOnlyList<double> before, IReadOnlyList<double> after, int seed)
    {
        var clusters = rows.Select((row, i) => (row.Cluster, Change: after[i] - before[i]))
            .GroupBy(row => row.Cluster, row => row.Change)
            .Select(cluster => cluster.Average())
            .ToList();
        var interval = SignFlipTest.Interval(clusters, seed);
        return new FreshLoss(before.Average(), after.Average(), interval.Low, interval.High);
    }
}
