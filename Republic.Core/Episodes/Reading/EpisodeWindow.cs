namespace Republic.Core.Episodes.Reading;

/// <summary>An episode, with one part of its transcript.</summary>
/// <param name="Episode">Its steps and messages are those of that part.</param>
/// <param name="Transitions">The transitions that were taken in that part, in their order.</param>
/// <param name="Earlier">The number of the step from which the part before it is shown; null where nothing was before.</param>
/// <param name="Later">The number of the step from which the part after it is shown; null where it reaches the end.</param>
public sealed record EpisodeWindow(EpisodeView Episode, IReadOnlyList<TakenTransition> Transitions, long? Earlier, long? Later);
