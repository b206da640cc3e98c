using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Refining;

/// <summary>What came of a run; a version's folder holds it as stats.json.</summary>
public sealed record RefineryResult
{
    public const int FirstErrors = 100;

    /// <summary>messages, alpaca, sharegpt, pairs, csv, or mixed where rows of one source differ; null where no row could be used.</summary>
    public required string? Format { get; init; }

    public required RowCounts Counts { get; init; }

    public required VersionStatistics Statistics { get; init; }

    public required RefinerySettings Settings { get; init; }

    /// <summary>The first <see cref="FirstErrors"/> malformed rows; the version's folder holds all.</summary>
    public IReadOnlyList<RowError> Errors { get; init; } = [];

    public bool ErrorsTruncated { get; init; }

    /// <summary>Of samples.jsonl, in hexadecimal; null after a dry run.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Length of samples.jsonl; 0 after a dry run.</summary>
    public long Bytes { get; init; }

    /// <summary>What the whole version takes on disk; 0 after a dry run.</summary>
    public long BytesOnDisk { get; init; }
}
