using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Splitting;

namespace Republic.Core.Datasets.Versions;

/// <summary>Writes the indexes of a version that is being made, sample by sample, and adds the samples up.</summary>
internal sealed class IndexWriter(VersionDraft draft)
{
    private const int AtOnce = 4096;
    private readonly FileStream rows = draft.Create(VersionDraft.RowsIndex);
    private readonly FileStream repeats = draft.Create(VersionDraft.RepeatsIndex);
    private readonly List<IndexCluster> clusters = [];
    private int repeatCount;
    private long offset;

    public StatisticsCount Statistics { get; private set; } = new();

    /// <param name="row">Its place in the files is filled in here.</param>
    /// <param name="itsRepeats">In the order in which they are to be shown.</param>
    public void Add(IndexRow row, ReadOnlySpan<IndexRepeat> itsRepeats)
    {
        var position = Statistics.Samples;
        (row.Offset, row.FirstRepeat, row.Repeats) = (offset, repeatCount, itsRepeats.Length);
        RecordFile<IndexRow>.Write(rows, row);
        Statistics.Add(row);
        offset += row.Length;
        repeatCount += itsRepeats.Length;
        foreach (var repeat in itsRepeats)
        {
            RecordFile<IndexRepeat>.Write(repeats, repeat with { Of = position });
        }

        if (itsRepeats.Length > 0)
        {
            clusters.Add(new IndexCluster(position, itsRepeats.Length));
        }
    }

    /// <summary>Of the samples so far, in their order.</summary>
    public IEnumerable<IndexRow> Rows()
    {
        rows.Flush();
        rows.Position = 0;
        for (var left = Statistics.Samples; left > 0; left--)
        {
            yield return RecordFile<IndexRow>.Read(rows);
        }
    }

    /// <summary>Puts all samples on the side that a split says, and counts them again.</summary>
    public void Divide(RowSplit split)
    {
        var divided = new StatisticsCount();
        foreach (var some in Rows().Select((record, row) => (record, row)).Chunk(AtOnce))
        {
            rows.Position = (long)some[0].row * RecordFile<IndexRow>.Size;
            foreach (var (record, row) in some)
            {
                var part = record with { Part = IndexRow.PartOf(split.GroupOf(row), split.IsHeldOut(row)) };
                RecordFile<IndexRow>.Write(rows, part);
                divided.Add(part);
            }

            rows.Flush();
        }

        Statistics = divided;
    }

    public void WriteClusters()
    {
        clusters.Sort((a, b) => a.Repeats != b.Repeats ? b.Repeats - a.Repeats : a.Of - b.Of);
        var stream = draft.Create(VersionDraft.ClustersIndex);
        foreach (var cluster in clusters)
        {
            RecordFile<IndexCluster>.Write(stream, cluster);
        }
    }
}
