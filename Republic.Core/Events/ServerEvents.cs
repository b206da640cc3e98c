namespace Republic.Core.Events;

public sealed record ServerEvents(IAsyncEnumerable<ServerEvent> Items);
