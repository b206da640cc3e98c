namespace Republic.Core.PersonalModels.Managing;

/// <summary>Weights that were trained on a model, and mean nothing on another.</summary>
/// <param name="Version">The version of the minion that has them.</param>
/// <param name="Minion">The name of the minion.</param>
public sealed record DependentAdapter(int Version, string Minion);
