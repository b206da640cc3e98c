namespace Republic.Core.Events;

/// <param name="Items">What queued up since the last batch, oldest first; empty when nothing came in time.</param>
/// <param name="Missed">Events were lost on the way to this reader: it must fetch again what it shows.</param>
/// <param name="LastId">Where this reader now stands.</param>
public sealed record LiveBatch(IReadOnlyList<LiveItem> Items, bool Missed, string LastId);
