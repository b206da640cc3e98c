using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Splitting;
using Republic.Core.Datasets.Versions;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Measuring;

namespace Republic.Bench.Rows;

/// <summary>In how many datasets of a kind answers share more words with their own questions than with others: what lets a manner count.</summary>
internal static class Overlap
{
    private const int FirstSeed = 600;

    public static (int Above, int Measured) Of(string kind, int seeds)
    {
        var intervals = Enumerable
            .Range(FirstSeed, seeds)
            .Select(seed => LexicalOverlap.IntervalOf(Rows(kind, seed), seed))
            .OfType<ConfidenceInterval>();
        var all = intervals.ToList();
        return (all.Count(interval => interval.Low > 0), all.Count);
    }

    private static List<SampleRow> Rows(string kind, int seed)
    {
        var rows = DataKind.Make(kind, seed).Dataset;
        var groups = RowClusters.Find([.. rows.Select(row => (row.Prompt, row.Completion))]).Of;
        return
        [
            .. rows.Select(
                (row, i) =>
                    new SampleRow(
                        Position: i,
                        Line: i + 1,
                        Hash: "",
                        Quality: 1,
                        Characters: row.Prompt.Length + row.Completion.Length,
                        AboutTokens: 0,
                        IsValidation: false,
                        Repeats: 0,
                        [new RowMessage("user", row.Prompt), new RowMessage("assistant", row.Completion)],
                        groups[i]
                    )
            ),
        ];
    }
}
