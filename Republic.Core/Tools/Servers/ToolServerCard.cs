namespace Republic.Core.Tools.Servers;

/// <summary>A tool server as pages and the API show it. The values of its headers are never given back.</summary>
public sealed record ToolServerCard
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required ToolServerKind Kind { get; init; }

    /// <summary>The address; empty where the server is a command.</summary>
    public required string Url { get; init; }

    /// <summary>The name of its command on the list; null for a server over HTTP, and where the command is off the list.</summary>
    public required string? Command { get; init; }

    public required ToolServerStatus Status { get; init; }

    /// <summary>Why its tools could not be read the last time; null where they were.</summary>
    public required string? Error { get; init; }

    /// <summary>When its tools were last read; null where they never were.</summary>
    public required DateTimeOffset? ReadAt { get; init; }

    public required IReadOnlyList<string> HeaderNames { get; init; }

    /// <summary>The tools of the server, by name.</summary>
    public required IReadOnlyList<ServerToolCard> Tools { get; init; }

    /// <summary>How many more it lists that cannot be used: too large, or no object of arguments.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The person's minions that have one of its tools.</summary>
    public required IReadOnlyList<ServerMinion> Minions { get; init; }
}
