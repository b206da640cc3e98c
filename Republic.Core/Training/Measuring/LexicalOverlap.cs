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
        var others = MismatchedPairs.Of(rows);
        if (others.Count == 0)
        {
            return null;
        }

        var content = new AnswerContent([.. rows.Select(Question)]);
        var differences = rows.Select((row, i) => (row.Group, Difference: Share(row, row) - Share(others[i], row)))
            .GroupBy(row => row.Group, row => row.Difference)
            .Select(group => group.Average())
            .ToList();
        return differences.Count >= SignFlipTest.FewestDifferences ? SignFlipTest.Interval(differences, seed) : null;

        double Share(SampleRow asked, SampleRow answered) =>
            content.Share(Question(asked), answered.Messages.Last(message => message.Role == "assistant").Content);
    }

    private static string Question(SampleRow row) => row.Messages.Last(message => message.Role == "user").Content;
}
