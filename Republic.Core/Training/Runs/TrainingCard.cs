using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Reports;

namespace Republic.Core.Training.Runs;

/// <summary>A run as its owner sees it.</summary>
public sealed record TrainingCard
{
    public required Guid Id { get; init; }
    public required string JobName { get; init; }
    public string? Description { get; init; }
    public required Guid MinionId { get; init; }
    public required string MinionName { get; init; }
    public required TrainingType TrainingType { get; init; }
    public required TrainingMethod Method { get; init; }
    public required RunOrigin Origin { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public required TrainingStatus Status { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Progress { get; init; }

    public double? EtaSeconds { get; init; }
    public string? ErrorMessage { get; init; }

    /// <summary>It is begun again by itself then, after its process died again and again; null where it is not held.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>It is paused, and its schedule goes on with it.</summary>
    [JsonIgnore]
    public bool IsPlanned { get; init; }

    /// <summary>The first that is not done; 8 when all are.</summary>
    public required int CurrentStep { get; init; }

    public required IReadOnlyList<Step> Steps { get; init; }
    public required IReadOnlyList<Guid> DatasetIds { get; init; }
    public required IReadOnlyList<Guid> CollectionIds { get; init; }
    public required TrainingConfig Config { get; init; }

    /// <summary>While it works.</summary>
    public RunProgress? Live { get; init; }

    public TrainingReport? Report { get; init; }

    /// <summary>The minion's when the run began; null until then.</summary>
    [JsonIgnore]
    public int? FormerVersion { get; init; }

    /// <summary>The names of those collections; one that was deleted has none.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<Guid, string> CollectionNames { get; init; } = new Dictionary<Guid, string>();

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>For somebody else than its owner: how it goes, and nothing of what was asked, answered or learned.</summary>
    public TrainingCard Outline() =>
        this with
        {
            Description = null,
            Live = null,
            Report = null,
            Steps = [.. Steps.Select(step => step with { Output = Step.Nothing })],
        };

    public bool IsActive => Status is TrainingStatus.Queued or TrainingStatus.Running;

    /// <param name="Seconds">Worked, in all attempts.</param>
    /// <param name="Output">What it handed on; empty until it is done, and in lists.</param>
    public sealed record Step(
        int Index,
        StepName Name,
        StepStatus Status,
        int Attempts,
        DateTimeOffset? StartedAt,
        DateTimeOffset? CompletedAt,
        double Seconds,
        JsonElement Output
    )
    {
        internal static readonly JsonElement Nothing = JsonElement.Parse("{}");
    }
}
