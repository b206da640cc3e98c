using Republic.Core.Minions.Access;

namespace Republic.Core.Minions;

/// <param name="Key">Null when this very request had made the minion before: a key is shown once.</param>
public sealed record NewMinion(Minion Minion, RepublicKey? Key);
