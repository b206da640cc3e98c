using Republic.Core.Data;

namespace Republic.Core.Training.Calibration;

/// <summary>Answers of a finished run that a person grades too, to see how far its judge can be trusted.</summary>
public sealed class JudgeCalibration : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    /// <summary>The minion whose model graded.</summary>
    public required Guid JudgeId { get; init; }

    /// <summary>The run that the answers are of. It takes this with it when it is deleted; null where it went before that was so.</summary>
    public Guid? TrainingJobId { get; init; }

    /// <summary>Of what was drawn.</summary>
    public required long Seed { get; init; }

    /// <summary>Questions and answers as the judge saw them, with the points of both.</summary>
    public required IReadOnlyList<CalibrationPair> Pairs { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null until the person has graded all.</summary>
    public DateTimeOffset? GradedAt { get; set; }
}
