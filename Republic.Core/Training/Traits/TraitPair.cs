namespace Republic.Core.Training.Traits;

/// <summary>How well two traits go together.</summary>
/// <param name="Value">From −1, they work against each other, to +1, they strengthen each other.</param>
public sealed record TraitPair(string One, string Other, double Value);
