using Republic.Core.Datasets.Refining;

namespace Republic.Core.Datasets.Versions;

/// <summary>Writes the indexes of a version that is being made, sample by sample, and adds the samples up.</summary>
internal sealed class IndexWriter(VersionDraft draft)
{
    private readonly FileStream rows = draft.Create(VersionDraft.RowsIndex);
    private readonly FileStream repeats = draft.Create(VersionDraft.RepeatsIndex);
    private readonly List<IndexCluster> clusters = [];
    private int repeatCount;
    private long offset;

    public StatisticsCount Statistics { get; } = new();

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
