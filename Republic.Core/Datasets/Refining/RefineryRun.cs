using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Refining.Duplicates;
using Republic.Core.Datasets.Splitting;
using Republic.Core.Datasets.Versions;
using Republic.Core.Datasets.Versions.Changes;

namespace Republic.Core.Datasets.Refining;

/// <summary>One source from its first byte to a version, or to counts alone.</summary>
internal sealed class RefineryRun(RefineryInput input, SourceFile source, IProgress<RefineryProgress>? progress)
{
    // About how the time divides.
    private const double Checked = 0.7;
    private const double Compared = 0.8;
    private const double Grouped = 0.92;
    private static readonly Dictionary<int, ChangedRow> NoneChanged = [];
    private readonly long length = source.Length;
    private readonly Stack<ChunkedList<int>> spare = new();
    private int rows;

    public RefineryResult Run(VersionDraft? draft, CancellationToken ct)
    {
        var threshold = input.Settings.NearDuplicateThreshold;
        var minHash = threshold > 0 ? new MinHash(threshold) : null;
        var bands = minHash is null ? null : new BandIndex(minHash.Bands);
        var intake = new RowCollector(draft, bands, input.MostRows);
        new ReadingPipeline(source, input, minHash).Run(
            intake.TakeIn,
            bytes => Report(Checked * bytes / Math.Max(1, length), "Checking rows", rows = intake.Rows, bytes),
            ct
        );
        var near = FindNear(intake.Candidates, bands, ct);
        var counts = new RowCounts
        {
            Rows = intake.Rows,
            Samples = intake.Candidates.Count - near,
            Malformed = intake[RowVerdict.Malformed],
            ExactDuplicates = intake.Repeats.Count,
            NearDuplicates = near,
            TooShort = intake[RowVerdict.TooShort],
            TooLong = intake[RowVerdict.TooLong],
            LowQuality = intake[RowVerdict.LowQuality],
        };
        var result = new RefineryResult
        {
            Format = intake.Format,
            Counts = counts,
            Statistics = new VersionStatistics(),
            Settings = input.Settings,
            Errors = intake.Errors,
            ErrorsTruncated = counts.Malformed > intake.Errors.Count,
        };
        return draft is null ? Count(intake.Candidates, result, ct) : Write(draft, intake, result, ct);
    }

    private int FindNear(ChunkedList<CandidateRow> candidates, BandIndex? bands, CancellationToken ct)
    {
        if (bands is null)
        {
            return 0;
        }

        const string Phase = "Finding near duplicates";
        Report(Checked, Phase, rows, length);
        bands.Link(Math.Max(1, input.Threads), ct);
        var search = new NearDuplicates(candidates, bands, input.Settings.NearDuplicateThreshold);
        var near = search.Resolve(
            source,
            share => Report(Checked + ((Compared - Checked) * (0.2 + (0.8 * share))), Phase, rows, length),
            ct
        );
        bands.Release(spare);
        return near;
    }

    /// <param name="kept">Which candidates are samples.</param>
    /// <param name="changed">By hand, by the sample's number.</param>
    private RowSplit Split(
        ChunkedList<CandidateRow> candidates,
        IReadOnlyList<int> kept,
        IReadOnlyDictionary<int, ChangedRow> changed,
        CancellationToken ct
    )
    {
        Report(Compared, "Grouping rows", rows, length);
        var clusters = RowClusters.Find(kept.Count, () => new CandidateSides(source, candidates, kept, changed), input.Threads, spare, ct);
        return new RowSplit(
            clusters,
            row => (changed.TryGetValue(row, out var change) ? change.Index.Hash : candidates[kept[row]].Hash).High,
            input.Settings.ValidationShare,
            input.Settings.Seed
        );
    }

    private RefineryResult Write(VersionDraft draft, RowCollector intake, RefineryResult result, CancellationToken ct)
    {
        var kept = new int[result.Counts.Samples];
        var next = 0;
        foreach (var i in Kept(intake.Candidates))
        {
            kept[next++] = i;
        }

        var split = Split(intake.Candidates, kept, NoneChanged, ct);
        using var compaction = new SampleCompaction(draft);
        var sha256 = compaction.Run(intake.Candidates, share => Report(Grouped + (0.05 * share), "Writing the version", rows, length), ct);
        var statistics = new VersionAssembly(draft, intake.Candidates, intake.Repeats).Write(split, ct);
        var done = draft.Complete(result with { Statistics = statistics, Sha256 = sha256, Bytes = draft.Samples.Length });
        Report(1, "Done", rows, length);
        return done;
    }

    private RefineryResult Count(ChunkedList<CandidateRow> candidates, RefineryResult result, CancellationToken ct)
    {
        var changes = new ChangeSet(input.Changes, KeptHashes(candidates));
        var (kept, changed) = (new List<int>(result.Counts.Samples), new Dictionary<int, ChangedRow>());
        foreach (var i in Kept(candidates))
        {
            if (changes.Keeps(candidates[i].Hash, out var change))
            {
                if (change is not null)
                {
                    changed[kept.Count] = change;
                }

                kept.Add(i);
            }
        }

        var split = Split(candidates, kept, changed, ct);
        var statistics = new StatisticsCount();
        for (var row = 0; row < kept.Count; row++)
        {
            var index = VersionAssembly.IndexOf(candidates[kept[row]], split, row);
            statistics.Add(changed.TryGetValue(row, out var change) ? change.InPlaceOf(index) : index);
        }

        return result with
        {
            Counts = changes.Over(result.Counts),
            Statistics = statistics.Total(split.DifferentAnswers),
        };
    }

    private static IEnumerable<int> Kept(ChunkedList<CandidateRow> candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Root == CandidateRow.IsKept)
            {
                yield return i;
            }
        }
    }

    private static IEnumerable<ContentHash> KeptHashes(ChunkedList<CandidateRow> candidates) =>
        Kept(candidates).Select(i => candidates[i].Hash);

    private void Report(double share, string phase, int count, long bytes) =>
        progress?.Report(new RefineryProgress(share, phase, count, bytes, length));
}
