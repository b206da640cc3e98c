namespace Republic.Core.Training.Runs;

/// <summary>What became of one of the nine steps of a run. A step that is done is not done again.</summary>
public sealed class TrainingStep
{
    public required Guid TrainingJobId { get; init; }

    /// <summary>0 to 8.</summary>
    public required int Index { get; init; }

    public StepStatus Status { get; set; } = StepStatus.Pending;

    public int Attempts { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Worked, in all attempts; by a clock that cannot be set.</summary>
    public double Seconds { get; set; }

    /// <summary>What it hands on, as JSON of the step's own.</summary>
    public string? Output { get; set; }
}
