using System.Text.Json.Serialization;

namespace Republic.Core.PersonalModels;

/// <summary>A personal model as its owner sees it, with the work on it. Sizes are in bytes, gigabytes decimal.</summary>
public sealed record PersonalModelCard
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required string ModelId { get; init; }

    /// <summary>By which minions name it.</summary>
    public required string CustomName { get; init; }

    public required ModelState Status { get; init; }

    /// <summary>Of the download, 0 to 1.</summary>
    public required double DownloadProgress { get; init; }

    /// <summary>The name of its file, once that is installed; where that lies is nobody's business.</summary>
    public string? LocalPath { get; init; }

    /// <summary>Whether a version that was trained here answers for it.</summary>
    public bool FineTuned => FineTuneVersion > 0;

    /// <summary>0 is the model as it came.</summary>
    public int FineTuneVersion { get; init; }

    public DateTimeOffset? LastTrainingDate { get; init; }

    public double? ModelSizeGb { get; init; }

    /// <summary>The mean of what people gave its answers; null while too few are rated.</summary>
    public double? PerformanceScore { get; init; }

    /// <summary>Answers that it gave to the end.</summary>
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

    /// <summary>Why nothing comes just now; null while bytes come.</summary>
    public string? Waiting { get; init; }

    /// <summary>What is done just now, for people.</summary>
    public string? Phase { get; init; }

    /// <summary>Why it stopped, and what to do about it.</summary>
    public string? Error { get; init; }

    /// <summary>The state it stopped in, when it did; resuming goes on there.</summary>
    public ModelState? StoppedAt { get; init; }

    /// <summary>The host and port that was refused and that a superuser may allow.</summary>
    public string? AllowableHost { get; init; }

    public required bool LoadAnyway { get; init; }

    public ModelFacts? Facts { get; init; }

    public MeasuredModel? Measured { get; init; }

    /// <summary>Since when it is in each state that it came to.</summary>
    public required IReadOnlyDictionary<ModelState, DateTimeOffset> Stages { get; init; }

    /// <summary>The minions that name it.</summary>
    public required IReadOnlyList<ModelUser> UsedBy { get; init; }

    [JsonIgnore]
    public bool IsUnderWay => Status is not (ModelState.Ready or ModelState.Failed or ModelState.Paused);

    /// <summary>Minions can use it, also while it is tested again.</summary>
    [JsonIgnore]
    public bool IsUsable => Sha256 is not null && Measured is not null;
}
