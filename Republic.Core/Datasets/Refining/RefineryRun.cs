using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Splitting;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Refining;

/// <summary>One source from its first byte to a version, or to counts alone.</summary>
internal sealed class RefineryRun(RefineryInput input, SourceFile source, IProgress<RefineryProgress>? progress)
{
    // About how the time divides.
    private const double Checked = 0.7;
    private const double Compared = 0.8;
    private const double Grouped = 0.92;
    private readonly long length = source.Length;
    private int rows;

    public RefineryResult Run(VersionDraft? draft, CancellationToken ct)
    {
        var threshold = input.Settings.NearDuplicateThreshold;
        var minHash = threshold > 0 ? new MinHash(threshold) : null;
        var bands = minHash is null ? null : new BandIndex(minHash.Bands);
        var intake = new RowIntake(draft, bands, input.MostRows);
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
            Malformed = intake[RowFate.Malformed],
            ExactDuplicates = intake.Repeats.Count,
            NearDuplicates = near,
            TooShort = intake[RowFate.TooShort],
            TooLong = intake[RowFate.TooLong],
            LowQuality = intake[RowFate.LowQuality],
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
        var split = Split(intake.Candidates, counts.Samples, ct);
        return draft is null ? Count(intake.Candidates, split, result) : Write(draft, intake, split, result, ct);
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
        bands.Release();
        return near;
    }

    private RowSplit Split(ChunkedList<CandidateRow> candidates, int samples, CancellationToken ct)
    {
        Report(Compared, "Grouping rows", rows, length);
        var kept = new int[samples];
        var next = 0;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Root == CandidateRow.IsKept)
            {
                kept[next++] = i;
            }
        }

        var clusters = RowClusters.Find(samples, () => new CandidateSides(source, candidates, kept), input.Threads, ct);
        var settings = input.Settings;
        return new RowSplit(clusters, row => candidates[kept[row]].Hash.High, settings.ValidationShare, settings.Seed);
    }

    private RefineryResult Write(VersionDraft draft, RowIntake intake, RowSplit split, RefineryResult result, CancellationToken ct)
    {
        using var compaction = new SampleCompaction(draft);
        var sha256 = compaction.Run(intake.Candidates, share => Report(Grouped + (0.05 * share), "Writing the version", rows, length), ct);
        var statistics = new VersionAssembly(draft, intake.Candidates, intake.Repeats).Write(split, ct);
        var done = draft.Complete(result with { Statistics = statistics, Sha256 = sha256, Bytes = draft.Samples.Length });
        Report(1, "Done", rows, length);
        return done;
    }

    private RefineryResult Count(ChunkedList<CandidateRow> candidates, RowSplit split, RefineryResult result)
    {
        var statistics = new StatisticsCount();
        var sample = 0;
        var changes = new ChangeSet(input.Changes, KeptHashes(candidates));
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Root != CandidateRow.IsKept)
            {
                continue;
            }

            var row = VersionAssembly.IndexOf(candidates[i], split, sample++);
            if (changes.Keeps(row.Hash, out var change))
            {
                statistics.Add(change is null ? row : change.InPlaceOf(row));
            }
        }

        return result with
        {
            Counts = changes.Over(result.Counts),
            Statistics = statistics.Total(split.DifferentAnswers),
        };
    }

    private static IEnumerable<ContentHash> KeptHashes(ChunkedList<CandidateRow> candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Root == CandidateRow.IsKept)
            {
                yield return candidates[i].Hash;
            }
        }
    }

    private void Report(double share, string phase, int count, long bytes) =>
        progress?.Report(new RefineryProgress(share, phase, count, bytes, length));
}
