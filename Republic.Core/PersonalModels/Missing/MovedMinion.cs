namespace Republic.Core.PersonalModels.Missing;

/// <summary>A minion that was moved to another model.</summary>
/// <param name="Fallbacks">The fallbacks that were moved, from 0.</param>
/// <param name="IsOwn">Whether its own model was moved.</param>
/// <param name="Weights">What became of its trained weights; null where it had none, or only fallbacks were moved.</param>
public sealed record MovedMinion(Guid Id, string Name, bool IsOwn, IReadOnlyList<int> Fallbacks, MovedWeights? Weights);
