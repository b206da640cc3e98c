using System.Text.Json;

namespace Republic.Core.Tools.Servers;

/// <summary>A tool of a server, in its server's own words.</summary>
public sealed record ServerToolCard(string Name, string Description, JsonElement InputSchema)
{
    /// <summary>The description is not the one that was allowed to a minion, so the tool asks again.</summary>
    public required bool Changed { get; init; }

    /// <summary>The server says that the tool only reads. Nothing follows from it.</summary>
    public required bool SaysReadOnly { get; init; }

    /// <summary>The description before the present one; null where none is known.</summary>
    public string? EarlierDescription { get; init; }
}
