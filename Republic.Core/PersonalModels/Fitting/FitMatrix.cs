namespace Republic.Core.PersonalModels.Fitting;

/// <summary>What files of one model need with contexts of different lengths.</summary>
/// <param name="Contexts">Tokens per sequence, from few to many.</param>
public sealed record FitMatrix(IReadOnlyList<int> Contexts, IReadOnlyList<FitRow> Rows);
