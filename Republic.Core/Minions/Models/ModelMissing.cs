namespace Republic.Core.Minions.Models;

/// <summary>A minion's model that is to run on this machine, and is not here.</summary>
/// <param name="Suggestion">The model here that could take its place; null where there is none.</param>
public sealed record ModelMissing(string Model, string? Suggestion);
