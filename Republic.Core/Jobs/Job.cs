using Republic.Core.Data;

namespace Republic.Core.Jobs;

/// <summary>A row of long work. It is the truth about the work, whichever node does it and whoever looks.</summary>
public sealed class Job : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    /// <summary>Which <see cref="IJobWork"/> does it; live events are called after it.</summary>
    public required string Kind { get; init; }

    /// <summary>The dataset, run or other row that it works on.</summary>
    public required Guid Subject { get; init; }

    /// <summary>What the work needs to know beyond its subject, as JSON of its own.</summary>
    public string? Input { get; init; }

    public JobStatus Status { get; set; } = JobStatus.Queued;

    /// <summary>
    /// Raised by each start. Whoever works carries it in every write, so a node that was only asleep while another took over
    /// is refused at its next one.
    /// </summary>
    public int Epoch { get; set; }

    /// <summary>
    /// Starts since it last got further that did not end by themselves: their process died. After <see cref="JobOptions.Attempts"/> it is held.
    /// </summary>
    public int Attempts { get; set; }

    /// <summary>How often it was held since it last got further. <see cref="JobOptions.Holds"/> are the most.</summary>
    public int Holds { get; set; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; set; }

    /// <summary>What it does just now, for people.</summary>
    public string? Phase { get; set; }

    /// <summary>Figures of the progress, as JSON of the work's own.</summary>
    public string? Detail { get; set; }

    public string? Node { get; set; }

    /// <summary>While it is queued: what a node has one of, and this cannot go on without (<see cref="JobRun.TryTake"/>).</summary>
    public string? WaitsFor { get; set; }

    /// <summary>While it is queued: no node begins it before, because its process died again and again. Null where it is not held.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    public DateTimeOffset? HeartbeatAt { get; set; }

    public string? Error { get; set; }

    /// <summary>Of the work's own writes, the last that was saved: one whose answer was lost is not made twice.</summary>
    public Guid? LastWrite { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public bool IsActive => Status is JobStatus.Queued or JobStatus.Running;

    /// <summary>How much longer, if it goes on as it did. Null until enough is done to tell.</summary>
    public TimeSpan? Remaining =>
        Status == JobStatus.Running && Progress is >= 0.01 and <= 1 && HeartbeatAt - StartedAt is { } worked && worked > TimeSpan.Zero
            ? worked * ((1 - Progress) / Progress)
            : null;
}
