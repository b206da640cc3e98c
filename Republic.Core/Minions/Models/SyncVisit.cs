namespace Republic.Core.Minions.Models;

/// <summary>When a person's models are looked for again at their providers.</summary>
public sealed class SyncVisit
{
    public required Guid OwnerId { get; init; }

    public required DateTimeOffset DueAt { get; set; }
}
