namespace Republic.Core.Episodes.Machine;

/// <summary>What an event led to.</summary>
/// <param name="State">Afterwards.</param>
/// <param name="Refusal">Why the event does not fit, for people; then the state is as before and nothing follows. Null where it fits.</param>
public sealed record Decision(EpisodeState State, IReadOnlyList<EpisodeEffect> Effects, string? Refusal = null);
