namespace Republic.Core.Training.Steps;

internal sealed record ValidatedTraits(
    IReadOnlyList<AnswerOfTraits> ValidationResults,
    double? AverageTraitScore,
    double CompatibilityBonus
);
