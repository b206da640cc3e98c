namespace Republic.Core.Episodes.Reading;

/// <summary>Whether it is a person's turn in an episode, without a word of what is said in it.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Step">The step that is theirs to do; null where it is not their turn.</param>
/// <param name="Role">The role that they do it as; null where it is not their turn.</param>
public sealed record EpisodeTurn(string Scenario, Guid? Step, string? Role);
