namespace Republic.Core.Minions;

/// <summary>A minion as it would answer with one of its versions in use.</summary>
/// <param name="Minion">Read for this alone: nothing of it is saved.</param>
/// <param name="Collections">Those that it answers from; null for those that the minion is linked to.</param>
public sealed record VersionedMinion(Minion Minion, IReadOnlyList<Guid>? Collections);
