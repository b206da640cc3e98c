namespace Republic.Core.Training.Journal;

/// <summary>
/// One call of a model. It is written before the call and again after it, so that a run that goes on pays for no answer twice and
/// no call is without a row.
/// </summary>
public sealed class TrainingCall
{
    /// <summary>Sent as the call's Idempotency-Key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid TrainingJobId { get; init; }

    /// <summary>What is asked, the same in each attempt: “before/2/1” is question 2, repeat 1.</summary>
    public required string Key { get; init; }

    public required int Attempt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it is under way, or when it died on the way.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>JSON of a <see cref="ModelAnswer"/>.</summary>
    public string? Answer { get; set; }
}
