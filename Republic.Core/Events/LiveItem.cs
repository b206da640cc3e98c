namespace Republic.Core.Events;

/// <param name="Id">Hand it to <see cref="LiveEvents.Subscribe"/> to go on after this event.</param>
public sealed record LiveItem(string Id, LiveEvent Event);
