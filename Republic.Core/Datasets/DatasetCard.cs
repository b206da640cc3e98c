using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets;

/// <summary>A dataset as its owner sees it, with its newest version and the work on it.</summary>
public sealed record DatasetCard
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required DatasetType DatasetType { get; init; }

    /// <summary>messages, alpaca, sharegpt, pairs, csv or mixed; null while there is no version.</summary>
    public string? Format { get; init; }

    public required DatasetStatus Status { get; init; }

    /// <summary>Of the work on it, 0 to 1; 1 when nothing is being made.</summary>
    public required double Progress { get; init; }

    /// <summary>What is done just now, for people.</summary>
    public string? Phase { get; init; }

    public DatasetProgress? Detail { get; init; }

    public double? EtaSeconds { get; init; }

    /// <summary>It is begun again by itself then, after its process died again and again; null where it is not held.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Why the last version asked for was not made.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it has no version because the work was cancelled. With an earlier version it is ready all the same.</summary>
    public required bool IsCancelled { get; init; }

    public required int SampleCount { get; init; }

    /// <summary>The newest, 0 while there is none.</summary>
    public required int Version { get; init; }

    /// <summary>Of the newest version's samples.</summary>
    public string? Sha256 { get; init; }

    public DatasetStats? Stats { get; init; }

    /// <summary>The first hundred.</summary>
    public IReadOnlyList<RowError> Errors { get; init; } = [];

    public bool ErrorsTruncated { get; init; }

    public string? FileName { get; init; }

    public required long SourceBytes { get; init; }

    public required string SourceSha256 { get; init; }

    /// <summary>On the disk, all versions together.</summary>
    public required long Bytes { get; init; }

    /// <summary>An older dataset of the same person with the same source, byte for byte.</summary>
    public Guid? SameAs { get; init; }

    public required int PendingChanges { get; init; }

    public RowMapping? Mapping { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
