namespace Republic.Core.Minions.Models;

/// <summary>What is to be asked along a minion's route, to see who would answer.</summary>
public sealed record RouteQuestion(string? Prompt);
