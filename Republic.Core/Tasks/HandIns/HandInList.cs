namespace Republic.Core.Tasks.HandIns;

/// <summary>The good hand-ins of a minion or of all minions, to choose from.</summary>
/// <param name="HandIns">The newest first, at most <see cref="GoodHandIns.Most"/>.</param>
/// <param name="Count">The number of good hand-ins of that minion, listed or not.</param>
/// <param name="All">The number of good hand-ins of all minions.</param>
/// <param name="Minions">The minions that have one, by name.</param>
public sealed record HandInList(IReadOnlyList<GoodHandIn> HandIns, int Count, int All, IReadOnlyList<HandInMinion> Minions);
