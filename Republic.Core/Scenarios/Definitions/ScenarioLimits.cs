namespace Republic.Core.Scenarios.Definitions;

/// <summary>The most that an episode of a scenario may take; null where that is left to the server.</summary>
/// <param name="Cost">In US dollars.</param>
public sealed record ScenarioLimits(int? Turns = null, int? Minutes = null, decimal? Cost = null, long? Tokens = null);
