namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The verdicts of one file for contexts of different lengths.</summary>
/// <param name="Weights">The bytes of its weights.</param>
/// <param name="Cells">One verdict for each context; null where the context is longer than the model was trained with.</param>
public sealed record FitRow(string Name, FitBasis Basis, long Weights, IReadOnlyList<FitReport?> Cells);
