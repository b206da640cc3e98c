namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The verdicts of the files of one model for contexts of different lengths.</summary>
/// <param name="Contexts">The context lengths in tokens per sequence, ascending.</param>
/// <param name="Rows">One row for each file, with one cell for each context.</param>
public sealed record FitMatrix(IReadOnlyList<int> Contexts, IReadOnlyList<FitRow> Rows);
