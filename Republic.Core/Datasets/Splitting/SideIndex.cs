using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Refining.Duplicates;

namespace Republic.Core.Datasets.Splitting;

/// <summary>One side of all rows: which of them may be nearly equal there.</summary>
internal sealed class SideIndex
{
    /// <summary>Rows that are looked at for one row and band, and those of them whose texts are compared.</summary>
    private const int MostInChain = 16;
    private const int MostCompared = 4;

    /// <summary>Where rows are more, half the bands are kept, for the sake of memory: of pairs that are just nearly equal more are missed.</summary>
    private const int ManyRows = 200_000;
    private const int None = -1;
    private readonly SideRule rule;
    private readonly SideSample sample;
    private readonly Func<RowSides, ReadOnlySpan<byte>> textOf;
    private readonly BandIndex bands;
    private readonly ChunkedList<SideSketch> sketches = new();
    private readonly int least;
    private int untiedRows;

    public SideIndex(SideRule rule, Func<RowSides, ReadOnlySpan<byte>> textOf, int rows, Stack<ChunkedList<int>> spare)
    {
        (this.rule, this.textOf, sample) = (rule, textOf, new SideSample(rule));
        // The first band is the whole text.
        bands = new BandIndex((rows > ManyRows ? rule.Bands / 2 : rule.Bands) + 1, spare);
        least = SideSketch.LeastAgreeing(rule.Threshold);
        Span<uint> none = stackalloc uint[bands.Bands];
        none.Clear();
        for (var row = 0; row < rows; row++)
        {
            bands.Add(none);
            sketches.Add(default);
        }
    }

    /// <summary>Rows whose text ties them to no other, less the number of those texts.</summary>
    public int UntiedRepeats => Math.Max(0, untiedRows - sample.Untied);

    public void Sample(RowSides sides, TextShingles words)
    {
        words.Read(textOf(sides));
        sample.Add(words);
    }

    public void EndSample() => sample.Close();

    /// <summary>May be called for several rows at a time, each with buffers of its own.</summary>
    public void Add(int row, RowSides sides, TextShingles words, ref ulong[] buffer)
    {
        words.Read(textOf(sides));
        if (!sample.Ties(words.Exact))
        {
            Interlocked.Increment(ref untiedRows);
            return;
        }

        bands[0, row] = (int)Math.Max(1, (uint)(words.Exact >> 32));
        var shingles = sample.Weighted(words, ref buffer);
        if (shingles.IsEmpty)
        {
            return;
        }

        Span<uint> values = stackalloc uint[SideSketch.Values];
        MinHash.Fill(values, shingles);
        for (var band = 0; band < bands.Bands - 1; band++)
        {
            bands[band + 1, row] = (int)Math.Max(1, MinHash.Fold(values.Slice(band * rule.RowsPerBand, rule.RowsPerBand)));
        }

        sketches[row] = SideSketch.Of(values);
    }

    /// <returns>How many of the rows were united with an earlier one.</returns>
    public int Unite(DisjointRows rows, IRowSides source, int threads, CancellationToken ct)
    {
        bands.Link(threads, ct);
        var reader = new Reader(this, source);
        var united = 0;
        for (var row = 0; row < rows.Count; row++)
        {
            if ((row & 4095) == 0)
            {
                ct.ThrowIfCancellationRequested();
            }

            var same = bands[0, row];
            united += same != None && sketches[same] == sketches[row] && rows.Unite(row, same) ? 1 : 0;
            united += UniteNear(row, rows, reader);
        }

        return united;
    }

    private int UniteNear(int row, DisjointRows rows, Reader reader)
    {
        var (compared, united) = (0, 0);
        for (var band = 1; band < bands.Bands; band++)
        {
            var other = bands[band, row];
            for (var steps = 0; other != None && steps < MostInChain && compared < MostCompared; steps++)
            {
                if (!rows.AreOne(row, other) && sketches[row].Agreeing(sketches[other]) >= least)
                {
                    compared++;
                    united += reader.Similarity(row, other) >= rule.Threshold && rows.Unite(row, other) ? 1 : 0;
                }

                other = bands[band, other];
            }
        }

        return united;
    }

    /// <summary>Reads texts again to compare them: to keep them all would take more memory than all else.</summary>
    private sealed class Reader(SideIndex index, IRowSides source)
    {
        private readonly RowSides sides = new();
        private readonly TextShingles words = new();
        private readonly ShingleSet own = new();
        private readonly ShingleSet its = new();
        private ulong[] buffer = [];
        private int loaded = None;

        public double Similarity(int row, int other)
        {
            if (loaded != row)
            {
                Load(row, own);
                loaded = row;
            }

            Load(other, its);
            return own.Similarity(its);
        }

        private void Load(int row, ShingleSet into)
        {
            source.Read(row, sides);
            words.Read(index.textOf(sides));
            into.Fill(index.sample.Weighted(words, ref buffer));
        }
    }
}
