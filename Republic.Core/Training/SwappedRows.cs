using Republic.Core.Datasets.Versions;

namespace Republic.Core.Training;

/// <summary>
/// The answers of rows under the questions of other rows. Where a version finds them as likely there, what it learned has nothing to do
/// with what it is asked: a permutation test of dependence.
/// </summary>
internal static class SwappedRows
{
    /// <returns>As many rows in the same order: each the next one's of another group with this one's answer. None where all are of one group.</returns>
    public static IReadOnlyList<SampleRow> Of(IReadOnlyList<SampleRow> rows)
    {
        if (rows.Select(row => row.Group).Distinct().Count() < 2)
        {
            return [];
        }

        return [.. rows.Select((row, i) => Asked(Next(rows, i), row))];
    }

    private static SampleRow Next(IReadOnlyList<SampleRow> rows, int at) =>
        Enumerable.Range(1, rows.Count - 1).Select(step => rows[(at + step) % rows.Count]).First(row => row.Group != rows[at].Group);

    private static SampleRow Asked(SampleRow question, SampleRow answer) =>
        question with
        {
            Messages = [.. question.Messages.SkipLast(1), answer.Messages[^1]],
        };
}
