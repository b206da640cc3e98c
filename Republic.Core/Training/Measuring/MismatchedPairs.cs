using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Training.Measuring;

/// <summary>
/// Answers behind their own questions and behind those of other rows. Where a version finds them as likely there, what it learned has
/// nothing to do with what it is asked: a control with mismatched pairs. Of rows of several turns the last exchange alone is taken, so
/// that both sides hold one question and one answer.
/// </summary>
internal static class MismatchedPairs
{
    /// <returns>As many rows in the same order, with their last question and answer; their group and system text stay.</returns>
    public static IReadOnlyList<SampleRow> Own(IReadOnlyList<SampleRow> rows) => [.. rows.Select(row => Pair(row, row))];

    /// <returns>The same, each with the question of the next row of another group. None where all are of one group.</returns>
    public static IReadOnlyList<SampleRow> Of(IReadOnlyList<SampleRow> rows) =>
        rows.Select(row => row.Group).Distinct().Count() < 2 ? [] : [.. rows.Select((row, i) => Pair(Next(rows, i), row))];

    /// <summary>True when every row is one question and one answer, apart from a system text.</summary>
    public static bool AreSingle(IReadOnlyList<SampleRow> rows) =>
        rows.All(row => row.Messages.Count(message => message.Role != "system") == 2);

    private static SampleRow Next(IReadOnlyList<SampleRow> rows, int at) =>
        Enumerable.Range(1, rows.Count - 1).Select(step => rows[(at + step) % rows.Count]).First(row => row.Group != rows[at].Group);

    private static SampleRow Pair(SampleRow asked, SampleRow answered) =>
        answered with
        {
            Messages =
            [
                .. answered.Messages.Where(message => message.Role == "system").Take(1),
                Last(asked, "user"),
                Last(answered, "assistant"),
            ],
        };

    private static RowMessage Last(SampleRow row, string role) => row.Messages.Last(message => message.Role == role);
}
