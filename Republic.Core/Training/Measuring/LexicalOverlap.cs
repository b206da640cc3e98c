using Republic.Core.Datasets.Versions;
using Republic.Core.Lora.Retention;
using Republic.Core.Training.Gate;

namespace Republic.Core.Training.Measuring;

/// <summary>
/// By how much the answers of a dataset share more words with their own questions than with those of other rows. It tells, without any
/// model, rows whose answers were mixed up from rows whose subject the base does not know: to its losses both look alike.
/// </summary>
internal static class LexicalOverlap
{
    /// <summary>More tell nothing new.</summary>
    public const int MostRows = 500;

    /// <returns>The difference in shares of a question's words, weighed by how rare they are; null where there are too few groups of rows.</returns>
    public static ConfidenceInterval? IntervalOf(IReadOnlyList<SampleRow> rows, int seed)
    {
        var content = new AnswerContent([.. rows.Select(Question)]);
        return IntervalOf(rows, seed, (asked, answered) => content.Share(Question(asked), Answer(answered)));
    }

    /// <param name="likeness">Of the question of one row and the answer of another.</param>
    /// <returns>By how much that is higher for the question and the answer of the same row; null where there are too few groups of rows.</returns>
    public static ConfidenceInterval? IntervalOf(IReadOnlyList<SampleRow> rows, int seed, Func<SampleRow, SampleRow, double> likeness)
    {
        var others = MismatchedPairs.Of(rows);
        if (others.Count == 0)
        {
            return null;
        }

        var differences = rows.Select((row, i) => (row.Group, Difference: likeness(row, row) - likeness(others[i], row)))
            .GroupBy(row => row.Group, row => row.Difference)
            .Select(group => group.Average())
            .ToList();
        return differences.Count >= SignFlipTest.FewestDifferences ? SignFlipTest.Interval(differences, seed) : null;
    }

    public static string Question(SampleRow row) => row.Messages.Last(message => message.Role == "user").Content;

    public static string Answer(SampleRow row) => row.Messages.Last(message => message.Role == "assistant").Content;
}
