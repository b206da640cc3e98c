namespace Republic.Core.Episodes.Reading;

/// <summary>A person's turn in an episode, without a word of what is said in it.</summary>
/// <param name="Episode">Its id.</param>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Step">The step that is theirs to do, or was; null where there is none.</param>
/// <param name="Role">The role that they do it as; null where there is none.</param>
public sealed record EpisodeTurn(Guid Episode, string Scenario, Guid? Step, string? Role);
