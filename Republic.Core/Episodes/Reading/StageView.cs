namespace Republic.Core.Episodes.Reading;

/// <summary>An episode with the part of its transcript that a page shows.</summary>
/// <param name="Episode">Its steps and messages are those of that part.</param>
/// <param name="Moves">The transitions that were taken in that part, in their order.</param>
/// <param name="Earlier">The number of the step from which the part before it is shown; null where nothing was before.</param>
/// <param name="Later">The number of the step from which the part after it is shown; null where it reaches the end.</param>
public sealed record StageView(EpisodeView Episode, IReadOnlyList<MoveCard> Moves, long? Earlier, long? Later);
