namespace Republic.Core.Episodes;

/// <summary>A role of an episode and who plays it, for as long as they do.</summary>
public sealed class AgentAssignment
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid EpisodeId { get; init; }

    public required Guid TimelineId { get; init; }

    public required string Role { get; init; }

    public required Guid CitizenId { get; init; }

    /// <summary>Instructions to the player on the role in this episode, such as *is new in the team*. Only the player and the episode's owner see it.</summary>
    public string? Description { get; init; }

    /// <summary>The number of the entry from which they play it.</summary>
    public required long FromSeq { get; init; }

    /// <summary>The number of the entry by which somebody else took over; null while they play it.</summary>
    public long? UntilSeq { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
