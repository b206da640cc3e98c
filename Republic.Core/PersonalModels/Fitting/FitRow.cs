namespace Republic.Core.PersonalModels.Fitting;

/// <summary>What one file needs with contexts of different lengths.</summary>
/// <param name="Cells">One for each context; null where it is longer than the model's own.</param>
public sealed record FitRow(string Name, FitBasis Basis, long Weights, IReadOnlyList<FitReport?> Cells);
