using Republic.Core.Datasets.Versions;
using Republic.Core.Training.Gate;

namespace Republic.Core.Training.Measuring;

/// <summary>
/// By how much the answers of a dataset fit their own questions better than the questions of other rows that are most like these. Just any
/// other question would be too easy to tell apart: of rows in two languages an answer fits each question of its own language better.
/// </summary>
internal static class QuestionOverlap
{
    /// <summary>More tell nothing new.</summary>
    public const int MostRows = 500;

    /// <summary>Other questions that each answer is held against. One alone may ask the same in other words.</summary>
    private const int Others = 5;

    /// <param name="alike">How like the question of one row is to that of another.</param>
    /// <param name="fits">How well the question of one row is fitted by the answer of another.</param>
    /// <param name="tail">The chance of an interval above zero for rows whose answers were mixed up.</param>
    /// <returns>The interval of the difference; null where there are too few groups of rows for one.</returns>
    public static ConfidenceInterval? IntervalOf(
        IReadOnlyList<SampleRow> rows,
        Func<int, int, double> alike,
        Func<int, int, double> fits,
        double tail,
        int seed
    )
    {
        var groups = Enumerable.Range(0, rows.Count).GroupBy(row => rows[row].Group).ToList();
        return groups.Count >= SignFlipTest.FewestFor(tail)
            ? SignFlipTest.Interval([.. groups.Select(group => group.Average(Difference))], seed, tail)
            : null;

        double Difference(int row) => fits(row, row) - Nearest(row).Average(other => fits(other, row));

        IEnumerable<int> Nearest(int row) =>
            Enumerable
                .Range(0, rows.Count)
                .Where(other => rows[other].Group != rows[row].Group)
                .OrderByDescending(other => alike(row, other))
                .Take(Others);
    }

    public static string Question(SampleRow row) => row.Messages.Last(message => message.Role == "user").Content;

    public static string Answer(SampleRow row) => row.Messages.Last(message => message.Role == "assistant").Content;
}
