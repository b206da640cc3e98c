namespace Republic.Core.Training.Calibration;

/// <param name="Judge">The judge's points, 0 to 100; told only when the person has graded.</param>
/// <param name="Person">The person's; null until they have graded.</param>
public sealed record CalibrationAnswer(string Text, double? Judge, double? Person);
