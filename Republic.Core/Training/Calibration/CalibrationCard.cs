namespace Republic.Core.Training.Calibration;

/// <summary>A calibration as its person sees it: without the judge's points until they have given theirs.</summary>
public sealed record CalibrationCard(
    Guid Id,
    Guid JudgeMinionId,
    string JudgeName,
    Guid? JobId,
    long Seed,
    DateTimeOffset CreatedAt,
    DateTimeOffset? GradedAt,
    IReadOnlyList<CalibrationPair> Pairs,
    Agreement? Agreement
)
{
    internal static CalibrationCard Of(JudgeCalibration calibration, string judge) =>
        new(
            calibration.Id,
            calibration.JudgeId,
            judge,
            calibration.TrainingJobId,
            calibration.Seed,
            calibration.CreatedAt,
            calibration.GradedAt,
            calibration.GradedAt is null ? [.. calibration.Pairs.Select(Hidden)] : calibration.Pairs,
            calibration.GradedAt is null ? null : Training.Calibration.Agreement.Of(calibration.Pairs)
        );

    private static CalibrationPair Hidden(CalibrationPair pair) =>
        pair with
        {
            First = pair.First with { Judge = null },
            Second = pair.Second with { Judge = null },
        };
}
