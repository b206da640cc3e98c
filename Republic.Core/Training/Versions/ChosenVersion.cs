using Republic.Core.Minions;

namespace Republic.Core.Training.Versions;

/// <param name="Former">The number of the version that the minion had before: choosing that one undoes it.</param>
public sealed record ChosenVersion(Minion Minion, int Former);
