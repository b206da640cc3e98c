namespace Republic.Core.Events;

/// <summary>One event on its way to a client, as server-sent events have them. <paramref name="Data"/> becomes JSON.</summary>
public sealed record ServerEvent(string? Id, string Name, object? Data)
{
    /// <summary>Nothing happened for a while; the connection is alive.</summary>
    public static ServerEvent Heartbeat { get; } = new(null, "", null);
}
