using System.Text.Json.Serialization;

namespace Republic.Core.Citizens.Capabilities;

/// <summary>A capability as pages and the API show it.</summary>
public sealed record CapabilityCard
{
    public required Guid Id { get; init; }

    /// <summary>The citizen whose it is.</summary>
    public required Guid UserId { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }

    /// <summary>1 to 5; 3 where nothing was counted.</summary>
    public required double ProficiencyLevel { get; init; }

    /// <summary>0 to 1; how much was counted.</summary>
    public required double ConfidenceScore { get; init; }
    public required int SuccessCount { get; init; }
    public required int FailureCount { get; init; }
    public required double FeedbackSum { get; init; }
    public required int FeedbackCount { get; init; }

    /// <summary>The last hundred entries, the newest first; left out where only capabilities were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CapabilityEntryCard>? TaskHistory { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static CapabilityCard Of(Capability capability)
    {
        var counts = new CapabilityCounts(
            capability.SuccessCount,
            capability.FailureCount,
            capability.FeedbackSum,
            capability.FeedbackCount
        );
        return new CapabilityCard
        {
            Id = capability.Id,
            UserId = capability.CitizenId,
            Name = capability.Name,
            Description = capability.Description,
            ProficiencyLevel = Math.Round(CapabilityRule.Proficiency(counts), 2),
            ConfidenceScore = Math.Round(CapabilityRule.Confidence(counts), 3),
            SuccessCount = capability.SuccessCount,
            FailureCount = capability.FailureCount,
            FeedbackSum = capability.FeedbackSum,
            FeedbackCount = capability.FeedbackCount,
            CreatedAt = capability.CreatedAt,
            UpdatedAt = capability.UpdatedAt,
        };
    }
}
