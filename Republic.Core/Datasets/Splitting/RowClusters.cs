using Republic.Core.Datasets.Refining;

namespace Republic.Core.Datasets.Splitting;

/// <summary>Rows whose questions are equal or nearly so are one cluster, and so are rows whose answers are.</summary>
/// <param name="Of">The cluster of each row, counted from 0.</param>
/// <param name="DifferentAnswers">How many answers the rows hold that are not nearly equal.</param>
internal sealed record RowClusters(IReadOnlyList<int> Of, int Count, int DifferentAnswers)
{
    private const int AtOnce = 1024;

    /// <summary>The time grows with the rows, and not with their square.</summary>
    /// <param name="open">Called once by each thread.</param>
    /// <param name="spare">Memory that nobody needs any more.</param>
    public static RowClusters Find(int rows, Func<IRowSides> open, int threads, Stack<ChunkedList<int>>? spare, CancellationToken ct)
    {
        spare ??= new Stack<ChunkedList<int>>();
        var questions = new SideIndex(SideRule.Questions, sides => sides.Question.Written, rows, spare);
        var answers = new SideIndex(SideRule.Answers, sides => sides.Answer.Written, rows, spare);
        Sample(rows, open(), questions, answers);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = ct };
        Parallel.For(
            0,
            (rows + AtOnce - 1) / AtOnce,
            options,
            () => new Reader(open(), questions, answers),
            (block, _, reader) =>
            {
                for (var row = block * AtOnce; row < Math.Min(rows, (block + 1) * AtOnce); row++)
                {
                    reader.Read(row);
                }

                return reader;
            },
            _ => { }
        );
        var found = new DisjointRows(rows);
        var repeated = answers.Unite(found, open(), options.MaxDegreeOfParallelism, ct) + answers.UntiedRepeats;
        questions.Unite(found, open(), options.MaxDegreeOfParallelism, ct);
        var clusters = found.Number(out var count);
        return new RowClusters(clusters, count, rows - repeated);
    }

    public static RowClusters Find(IReadOnlyList<(string Question, string Answer)> rows) =>
        Find(rows.Count, () => new InMemory(rows), Environment.ProcessorCount, null, CancellationToken.None);

    private static void Sample(int rows, IRowSides source, SideIndex questions, SideIndex answers)
    {
        var (sides, words) = (new RowSides(), new TextShingles());
        var sampled = Math.Min(rows, SideSample.Most);
        for (var i = 0; i < sampled; i++)
        {
            source.Read((int)((long)i * rows / sampled), sides);
            questions.Sample(sides, words);
            answers.Sample(sides, words);
        }

        questions.EndSample();
        answers.EndSample();
    }

    private sealed class Reader(IRowSides source, SideIndex questions, SideIndex answers)
    {
        private readonly RowSides sides = new();
        private readonly TextShingles words = new();
        private ulong[] buffer = [];

        public void Read(int row)
        {
            source.Read(row, sides);
            questions.Add(row, sides, words, ref buffer);
            answers.Add(row, sides, words, ref buffer);
        }
    }

    private sealed class InMemory(IReadOnlyList<(string Question, string Answer)> rows) : IRowSides
    {
        public void Read(int row, RowSides into) => into.Fill(rows[row].Question, rows[row].Answer);
    }
}
