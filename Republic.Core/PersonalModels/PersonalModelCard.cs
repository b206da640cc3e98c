using System.Text.Json.Serialization;
using Republic.Core.PersonalModels.Serving;

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

    /// <summary>Whether a minion answers with weights that were trained on it.</summary>
    public bool FineTuned => FineTuneVersion > 0;

    /// <summary>
    /// The version of trained weights that a minion answers with, where several do the one that was deployed last; 0 where none does.
    /// </summary>
    public int FineTuneVersion { get; init; }

    /// <summary>The time at which weights were last trained on it.</summary>
    public DateTimeOffset? LastTrainingDate { get; init; }

    public double? ModelSizeGb { get; init; }

    /// <summary>The mean of the owner's last 100 ratings of its answers, 0 to 1; null below 5.</summary>
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

    /// <summary>It is begun again by itself then, after its process died again and again; null where it is not held.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>The reason why it stopped, and what to do about it.</summary>
    public string? Error { get; init; }

    /// <summary>The state in which it stopped, and resumes; null while it has not stopped.</summary>
    public ModelState? StoppedAt { get; init; }

    /// <summary>The refused host and port that a superuser may allow.</summary>
    public string? AllowableHost { get; init; }

    public required bool LoadAnyway { get; init; }

    /// <summary>The crash over its file, for which it is not loaded; null for one that may be loaded.</summary>
    public QuarantineNotice? Quarantined { get; init; }

    /// <summary>True where it stays in memory once it is loaded.</summary>
    public required bool Pinned { get; init; }

    /// <summary>The minutes without a request after which it is unloaded; null for the default.</summary>
    public int? KeepAliveMinutes { get; init; }

    /// <summary>The context in tokens with which it is loaded; null for the default.</summary>
    public int? ContextLength { get; init; }

    /// <summary>The model that it was quantized from; null for any other, and where that model was deleted.</summary>
    public Guid? QuantizedFrom { get; init; }

    public ModelFacts? Facts { get; init; }

    public MeasuredModel? Measured { get; init; }

    /// <summary>The time at which each state last began; after another test, those of that test alone.</summary>
    public required IReadOnlyDictionary<ModelState, DateTimeOffset> Stages { get; init; }

    /// <summary>The minions that use it.</summary>
    public required IReadOnlyList<ModelUser> UsedBy { get; init; }

    [JsonIgnore]
    public bool IsUnderWay => Status is not (ModelState.Ready or ModelState.Failed or ModelState.Paused);

    /// <summary>True where minions can use it, also while it is tested again.</summary>
    [JsonIgnore]
    public bool IsUsable => Sha256 is not null && Measured is not null;
}
