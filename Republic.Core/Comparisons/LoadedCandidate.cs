using Republic.Core.Minions;

namespace Republic.Core.Comparisons;

/// <summary>A minion as it would answer in a chat with one of its versions in use.</summary>
/// <param name="Minion">Read for this alone: nothing of it is saved.</param>
/// <param name="Collections">Those that it answers from; null for those that the minion is linked to.</param>
public sealed record LoadedCandidate(Minion Minion, IReadOnlyList<Guid>? Collections);
