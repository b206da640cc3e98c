namespace Republic.Core.Episodes.Reading;

/// <summary>A transition that was taken.</summary>
/// <param name="Seq">The number of the entry by which it was.</param>
/// <param name="Index">Its number within the state that it leads from, from 0.</param>
public sealed record TakenTransition(long Seq, string From, int Index, string To);
