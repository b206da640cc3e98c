using Republic.Core.Datasets.Reading;

namespace Republic.Core.Datasets.Refining.Duplicates;

/// <summary>
/// Decides row by row which one repeats an earlier row that was kept. Bands name the candidates, sketches leave out those that cannot be
/// similar enough, and the shingles themselves decide.
/// </summary>
internal sealed class NearDuplicates(ChunkedList<CandidateRow> rows, BandIndex bands, double threshold)
{
    /// <summary>Rows that are looked at for one row and band: a phrase that all rows share must not make this quadratic.</summary>
    private const int MostInChain = 64;
    private const int MostVerified = 16;
    private const int None = -1;
    private readonly int least = Sketch.LeastAgreeing(threshold);
    private readonly List<(int Agreeing, int Row)> found = [];
    private readonly DistinctCount seen = new();
    private readonly ShingleSet own = new();
    private readonly ShingleSet other = new();

    /// <returns>How many rows repeat another.</returns>
    public int Resolve(SourceFile source, Action<double> report, CancellationToken ct)
    {
        var loader = new RowLoader(source);
        var count = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            if ((row & 4095) == 0)
            {
                ct.ThrowIfCancellationRequested();
                report((double)row / rows.Count);
            }

            FindCandidates(row);
            if (found.Count > 0 && Verify(row, loader))
            {
                count++;
            }
        }

        return count;
    }

    private void FindCandidates(int row)
    {
        found.Clear();
        seen.Clear();
        for (var band = 0; band < bands.Bands; band++)
        {
            var next = NextKept(band, row);
            for (var steps = 0; next != None && steps < MostInChain; steps++)
            {
                // The same row stands in the chains of several bands.
                if (seen.Add((ulong)next << 32))
                {
                    Consider(row, next);
                }

                next = NextKept(band, next);
            }
        }

        // The most similar first, and of those the earliest.
        found.Sort((a, b) => a.Agreeing != b.Agreeing ? b.Agreeing - a.Agreeing : a.Row - b.Row);
    }

    private void Consider(int row, int earlier)
    {
        var agreeing = rows[row].Sketch.Agreeing(rows[earlier].Sketch);
        if (agreeing >= least)
        {
            found.Add((agreeing, earlier));
        }
    }

    /// <summary>Repeats are taken out of the chain on the way: they come before, so what they point to has been kept.</summary>
    private int NextKept(int band, int row)
    {
        ref var previous = ref bands[band, row];
        while (previous != None && rows[previous].Root != CandidateRow.IsKept)
        {
            previous = bands[band, previous];
        }

        return previous;
    }

    private bool Verify(int row, RowLoader loader)
    {
        loader.Load(rows[row], own);
        foreach (var (_, candidate) in found.Take(MostVerified))
        {
            loader.Load(rows[candidate], other);
            var similarity = own.Similarity(other);
            if (similarity >= threshold)
            {
                (rows[row].Root, rows[row].Similarity) = (candidate, (float)similarity);
                return true;
            }
        }

        return false;
    }
}
