using Republic.Core.Jobs;

namespace Republic.Core.Admin.Work;

/// <summary>Somebody's long work, as superusers see it: that it exists, how it goes and what it costs, never what it is about.</summary>
/// <param name="Kind">Such as <c>training</c> or <c>document</c>.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Error">Why it stopped; null where it did not.</param>
public sealed record JobLine(
    Guid Id,
    string Kind,
    Guid OwnerId,
    string Owner,
    JobStatus Status,
    double Progress,
    int Attempts,
    string? Node,
    string? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt
)
{
    /// <summary>Of a training run's calls, in US dollars; null for other kinds, and where no cost is known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Its owner is deactivated, so that no node takes it.</summary>
    public bool IsHeld { get; init; }

    /// <summary>No node begins it before this time, because its process died again and again; null where that is not so.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>When it ended, else when it was begun, else when it was made.</summary>
    public DateTimeOffset ChangedAt => FinishedAt ?? StartedAt ?? CreatedAt;

    public bool CanBeStopped => Status is JobStatus.Queued or JobStatus.Running or JobStatus.Paused;
}
