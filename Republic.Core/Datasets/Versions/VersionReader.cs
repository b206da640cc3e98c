using System.Text.Json;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions.Changes;

namespace Republic.Core.Datasets.Versions;

/// <summary>Looks at a version's folder without loading it. One may be used by several threads.</summary>
public sealed class VersionReader : IDisposable
{
    public const string SamplesFile = "samples.jsonl";
    public const string RejectedFile = "rejected.jsonl";

    /// <summary>Rows of one page.</summary>
    public const int LargestPage = 1000;
    private readonly SampleFile samples;
    private readonly SampleFile repeats;
    private readonly RecordFile<IndexRow> rows;
    private readonly RecordFile<IndexRepeat> repeatIndex;
    private readonly RecordFile<IndexCluster> clusters;

    private VersionReader(string folder)
    {
        Folder = folder;
        using (var stats = File.OpenRead(Path.Combine(folder, VersionDraft.ResultFile)))
        {
            Result =
                JsonSerializer.Deserialize<RefineryResult>(stats, SnakeCaseJson.Options)
                ?? throw new IOException("The version says nothing about itself.");
        }

        samples = SampleFile.Open(Path.Combine(folder, SamplesFile));
        repeats = SampleFile.Open(Path.Combine(folder, VersionDraft.RepeatsFile));
        rows = RecordFile<IndexRow>.Open(Path.Combine(folder, VersionDraft.RowsIndex));
        repeatIndex = RecordFile<IndexRepeat>.Open(Path.Combine(folder, VersionDraft.RepeatsIndex));
        clusters = RecordFile<IndexCluster>.Open(Path.Combine(folder, VersionDraft.ClustersIndex));
    }

    public string Folder { get; }

    public RefineryResult Result { get; }

    /// <summary>Of the samples.</summary>
    public int Count => rows.Count;

    internal RecordFile<IndexRow> Index => rows;

    internal SampleFile Samples => samples;

    internal SampleFile RepeatTexts => repeats;

    /// <exception cref="IOException">The folder is not there, or not whole.</exception>
    public static VersionReader Open(string folder) => new(folder);

    /// <param name="offset">Position of the first row.</param>
    /// <param name="limit">At most <see cref="LargestPage"/> are given.</param>
    public IReadOnlyList<SampleRow> Rows(int offset, int limit)
    {
        var first = Math.Max(0, offset);
        return [.. rows.Read(first, Math.Min(limit, LargestPage)).Select((row, i) => ToRow(first + i, row))];
    }

    /// <summary>Null beyond the last.</summary>
    public SampleRow? Row(int position) => position >= 0 && rows.Read(position, 1) is [var row] ? ToRow(position, row) : null;

    /// <summary>Null where this version has no such row. Looks through the whole index: tens of milliseconds for a million rows.</summary>
    public SampleRow? RowOf(string hash)
    {
        if (ContentHash.Parse(hash) is not { } wanted)
        {
            return null;
        }

        var position = 0;
        foreach (var row in rows.All())
        {
            if (row.Hash == wanted)
            {
                return ToRow(position, row);
            }

            position++;
        }

        return null;
    }

    /// <summary>Rows that hold a text, whatever its case. Every row holds the empty one.</summary>
    /// <param name="from">The position to begin at: 0, or a page's <see cref="SearchPage.Next"/>.</param>
    public SearchPage Search(string text, int from, int limit, CancellationToken ct) =>
        new SampleSearch(this, text).Find(Math.Max(0, from), Math.Clamp(limit, 1, LargestPage), ct);

    /// <param name="repeats">How many repeats of each cluster to read.</param>
    public ClusterPage Clusters(int offset, int limit, int repeats = 10) =>
        new(
            [
                .. clusters
                    .Read(Math.Max(0, offset), Math.Min(limit, LargestPage))
                    .Select(cluster => new DuplicateCluster(Row(cluster.Of)!, RepeatsOf(cluster.Of, repeats), cluster.Repeats)),
            ],
            clusters.Count
        );

    /// <summary>Rows that were left out as repeats of one, in the order of the source.</summary>
    public IReadOnlyList<RepeatedRow> RepeatsOf(int position, int limit)
    {
        if (position < 0 || rows.Read(position, 1) is not [var row])
        {
            return [];
        }

        var found = repeatIndex.Read(row.FirstRepeat, Math.Min(Math.Min(limit, LargestPage), row.Repeats));
        return
        [
            .. found.Select(repeat => new RepeatedRow(
                repeat.Line,
                Math.Round(repeat.Similarity, 3),
                repeat.Length == 0,
                repeat.Length == 0 ? samples.Messages(row.Offset, row.Length) : repeats.Messages(repeat.Offset, repeat.Length)
            )),
        ];
    }

    /// <param name="from">0, or a page's <see cref="RejectedPage.Next"/>.</param>
    public RejectedPage Rejected(long from, int limit) =>
        RejectedReader.Read(Path.Combine(Folder, RejectedFile), Math.Max(0, from), Math.Clamp(limit, 1, LargestPage));

    /// <param name="before">Of the same source.</param>
    /// <param name="offset">Among the rows that differ.</param>
    public DiffPage DiffFrom(VersionReader before, int offset, int limit) =>
        new VersionDiff(before, this).Page(offset, Math.Min(limit, LargestPage));

    public void Dispose()
    {
        samples.Dispose();
        repeats.Dispose();
        rows.Dispose();
        repeatIndex.Dispose();
        clusters.Dispose();
    }

    internal IndexRepeat[] RepeatsOf(in IndexRow row) => repeatIndex.Read(row.FirstRepeat, row.Repeats);

    internal SampleRow ToRow(int position, in IndexRow row) => ToRow(position, row, samples.Messages(row.Offset, row.Length));

    internal static SampleRow ToRow(int position, in IndexRow row, IReadOnlyList<RowMessage> messages) =>
        new(
            position,
            row.Line,
            row.Hash.ToString(),
            Math.Round(row.Quality, 3),
            row.Characters,
            StatisticsCount.TokensOf(row.Characters),
            row.IsHeldOut,
            row.Repeats,
            messages,
            row.Group ?? position
        );
}
