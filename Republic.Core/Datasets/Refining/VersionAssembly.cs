using Republic.Core.Datasets.Refining.Duplicates;
using Republic.Core.Datasets.Splitting;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Refining;

/// <summary>Writes the indexes of a version from the rows that a run has found.</summary>
internal sealed class VersionAssembly(VersionDraft draft, ChunkedList<CandidateRow> rows, ChunkedList<ExactRepeat> exact)
{
    public VersionStatistics Write(RowSplit split, CancellationToken ct)
    {
        var index = new IndexWriter(draft);
        var repeats = Repeats();
        var (next, sample) = (0, 0);
        for (var i = 0; i < rows.Count; i++)
        {
            ref var row = ref rows[i];
            if (row.Root != CandidateRow.IsKept)
            {
                continue;
            }

            if ((i & 4095) == 0)
            {
                ct.ThrowIfCancellationRequested();
                draft.CheckBudget();
            }

            var first = next;
            while (next < repeats.Length && repeats[next].Of == row.Position)
            {
                next++;
            }

            index.Add(IndexOf(row, split, sample++), repeats.AsSpan(first..next));
        }

        index.WriteClusters();
        return index.Statistics.Total(split.DifferentAnswers);
    }

    public static IndexRow IndexOf(in CandidateRow row, RowSplit split, int sample) =>
        new()
        {
            Hash = row.Hash,
            Length = row.Length,
            Line = row.Line,
            Characters = row.Characters,
            Quality = row.Quality,
            Turns = row.Turns,
            Part = IndexRow.PartOf(split.GroupOf(sample), split.IsHeldOut(sample)),
        };

    /// <summary>By the sample they repeat, and then in the order of the source.</summary>
    private IndexRepeat[] Repeats()
    {
        var found = new List<IndexRepeat>(exact.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Root != CandidateRow.IsKept)
            {
                found.Add(NearRepeat(rows[i], rows[i].Line));
            }
        }

        for (var i = 0; i < exact.Count; i++)
        {
            ref var earlier = ref rows[exact[i].Of];
            found.Add(
                earlier.Root == CandidateRow.IsKept
                    ? new IndexRepeat
                    {
                        Of = earlier.Position,
                        Line = exact[i].Line,
                        Similarity = 1,
                    }
                    : NearRepeat(earlier, exact[i].Line)
            );
        }

        var sorted = found.ToArray();
        Array.Sort(sorted, (a, b) => a.Of != b.Of ? a.Of - b.Of : a.Line - b.Line);
        return sorted;
    }

    private IndexRepeat NearRepeat(in CandidateRow row, int line) =>
        new()
        {
            Of = rows[row.Root].Position,
            Line = line,
            Similarity = row.Similarity,
            Length = row.Length,
            Offset = row.SourceOffset,
        };
}
