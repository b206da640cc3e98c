using System.Security.Cryptography;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Splitting;

namespace Republic.Core.Datasets.Versions.Changes;

/// <summary>Copies a version row by row, the changed ones in their new form and without those that are dropped.</summary>
internal sealed class ChangedCopy : IDisposable
{
    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly VersionReader from;
    private readonly VersionDraft draft;
    private readonly IndexWriter index;
    private readonly FileStream repeats;
    private readonly ChangeSet changes;
    private byte[] block = new byte[1 << 20];
    private int differentAnswers;

    public ChangedCopy(VersionReader from, VersionDraft draft, IReadOnlyList<RowChange> wanted)
    {
        (this.from, this.draft, index, repeats) = (from, draft, new IndexWriter(draft), draft.Create(VersionDraft.RepeatsFile));
        changes = new ChangeSet(wanted, from.Index.All().Select(row => row.Hash));
    }

    public RefineryResult Run(CancellationToken ct)
    {
        using (var rejected = File.OpenRead(Path.Combine(from.Folder, VersionReader.RejectedFile)))
        {
            draft.Rejected.CopyFrom(rejected);
        }

        var position = 0;
        foreach (var row in from.Index.All())
        {
            if ((position++ & 1023) == 0)
            {
                ct.ThrowIfCancellationRequested();
                draft.CheckBudget();
            }

            Copy(row);
        }

        index.Divide(Split(ct));
        index.WriteClusters();
        return from.Result with
        {
            Counts = changes.Over(from.Result.Counts),
            Statistics = index.Statistics.Total(differentAnswers),
            Sha256 = Convert.ToHexStringLower(digest.GetCurrentHash()),
            Bytes = draft.Samples.Position,
        };
    }

    public void Dispose() => digest.Dispose();

    /// <summary>As a run over the version splits it: what a changed row says now may belong to another group.</summary>
    private RowSplit Split(CancellationToken ct)
    {
        draft.Samples.Flush();
        var places = index.Rows().Select(row => (row.Offset, row.Length, row.Hash.High)).ToList();
        var samples = draft.Samples.SafeFileHandle;
        var clusters = RowClusters.Find(
            places.Count,
            () => new SampleSides(samples, row => (places[row].Offset, places[row].Length)),
            Environment.ProcessorCount,
            null,
            ct
        );
        differentAnswers = clusters.DifferentAnswers;
        var settings = from.Result.Settings;
        return new RowSplit(clusters, row => places[row].High, settings.ValidationShare, settings.Seed);
    }

    private void Copy(in IndexRow row)
    {
        if (!changes.Keeps(row.Hash, out var change))
        {
            return;
        }

        if (change is not null)
        {
            Add(change.InPlaceOf(row), change.Line, from.Samples.Line(row.Offset, row.Length));
            return;
        }

        if (block.Length < row.Length)
        {
            block = new byte[row.Length];
        }

        var line = block.AsSpan(0, row.Length);
        from.Samples.Read(line, row.Offset);
        Add(row, line, null);
    }

    /// <param name="was">The line that a changed row had, which is what its exact repeats still say.</param>
    private void Add(in IndexRow row, ReadOnlySpan<byte> line, byte[]? was)
    {
        draft.AppendSamples(line);
        digest.AppendData(line);
        var own = from.RepeatsOf(row);
        foreach (ref var repeat in own.AsSpan())
        {
            var text = repeat.Length == 0 ? was : from.RepeatTexts.Line(repeat.Offset, repeat.Length);
            if (text is not null)
            {
                (repeat.Offset, repeat.Length) = (repeats.Position, text.Length);
                repeats.Write(text);
            }
        }

        index.Add(row, own);
    }
}
