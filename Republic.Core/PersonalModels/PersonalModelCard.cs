using Republic.Core.PersonalModels.Serving;
using System.Text.Json.Serialization;

namespace Republic.Core.PersonalModels;

/// <summary>A personal model as its owner sees it, with the work on it. Sizes are in bytes, gigabytes decimal.</summary>
public sealed record PersonalModelCard
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string ModelId { get; init; }

    /// <summary>The name by which minions use it.</summary>
    public required string CustomName { get; init; }

    public required ModelState Status { get; init; }

    /// <summary>The share of the file that is downloaded, 0 to 1.</summary>
    public required double DownloadProgress { get; init; }

    /// <summary>The name of the installed file, without its folder; null until it is installed.</summary>
    public string? LocalPath { get; init; }

    /// <summary>Whether a version that was trained here answers for it.</summary>
    public bool FineTuned => FineTuneVersion > 0;

    /// <summary>The number of the trained version; 0 for the model as it was installed.</summary>
    public int FineTuneVersion { get; init; }

    public DateTimeOffset? LastTrainingDate { get; init; }

    public double? ModelSizeGb { get; init; }

    /// <summary>The mean rating of its answers; null while too few are rated.</summary>
    public double? PerformanceScore { get; init; }

    /// <summary>The number of complete answers that it gave, tests excluded.</summary>
    public required int UsageCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string? Variant { get; init; }

    public required ModelOrigin Origin { get; init; }

    public string? SourceUrl { get; init; }

    public string? SecondUrl { get; init; }

    public string? Sha256 { get; init; }

    public required long BytesDone { get; init; }

    public long? BytesTotal { get; init; }

    public double? BytesPerSecond { get; init; }

    public double? EtaSeconds { get; init; }

    /// <summary>The reason why the download waits; null while it does not.</summary>
    public string? Waiting { get; init; }

    /// <summary>A sentence about the current step of the work, for people.</summary>
    public string? Phase { get; init; }

    /// <summary>The reason why it stopped, and what to do about it.</summary>
    public string? Error { get; init; }

    /// <summary>The state in which it stopped, and resumes; null while it has not stopped.</summary>
    public ModelState? StoppedAt { get; init; }

    /// <summary>The refused host and port that a superuser may allow.</summary>
    public string? AllowableHost { get; init; }

    public required bool LoadAnyway { get; init; }

    /// <summary>The crash over its file, for which it is not loaded; null for one that may be loaded.</summary>
    public QuarantineNotice? Quarantined { get; init; }

    public ModelFacts? Facts { get; init; }

    public MeasuredModel? Measured { get; init; }

    /// <summary>The time at which each state last began.</summary>
    public required IReadOnlyDictionary<ModelState, DateTimeOffset> Stages { get; init; }

    /// <summary>The minions that use it.</summary>
    public required IReadOnlyList<ModelUser> UsedBy { get; init; }

    [JsonIgnore]
    public bool IsUnderWay => Status is not (ModelState.Ready or ModelState.Failed or ModelState.Paused);

    /// <summary>True where minions can use it, also while it is tested again.</summary>
    [JsonIgnore]
    public bool IsUsable => Sha256 is not null && Measured is not null;
}
