using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Core.Tools.Servers;

/// <summary>A server of the Model Context Protocol, over HTTP or a command of this machine, whose tools a person may give to their minions.</summary>
public sealed class ToolServer : IOwned
{
    public const int MaxName = 60;
    public const int MaxUrl = 2000;

    internal static readonly SealedColumn SealedKeys = new("tool_servers", "sealed_headers");

    internal static readonly SealedColumn SealedOAuthKeys = new("tool_servers", "sealed_oauth");

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    /// <summary>The name, unique among a person's, ignoring case: letters, digits, spaces, _ and -.</summary>
    public required string Name { get; set; }

    /// <summary>The address; empty where the server is a command.</summary>
    public required string Url { get; set; }

    /// <summary>The command that is run; null for a server over HTTP, and once the command is off the list.</summary>
    public Guid? CommandId { get; init; }

    public bool IsCommand => Url.Length == 0;

    /// <summary>Request headers as a JSON object of texts, such as Authorization, sealed for this row; null for none.</summary>
    public byte[]? SealedHeaders { get; set; }

    /// <summary>The names of the headers, which are no secret.</summary>
    public List<string> HeaderNames { get; set; } = [];

    /// <summary>The secrets of a sign-in to it, as JSON, sealed for this row; null where nobody signed in.</summary>
    public byte[]? SealedOAuth { get; set; }

    /// <summary>The server lists its tools only to those who are signed in.</summary>
    public bool NeedsSignIn { get; set; }

    /// <summary>Why its tools could not be read the last time, for people; null where they were.</summary>
    public string? Error { get; set; }

    /// <summary>Its tools as they were read the last time that this succeeded, by name.</summary>
    public List<ServerTool> Tools { get; set; } = [];

    /// <summary>How many tools it lists that cannot be used.</summary>
    public int LeftOut { get; set; }

    /// <summary>When its tools were last read; null where they never were.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Takes over the tools as the server lists them now.</summary>
    /// <param name="allowed">Hashes of what people allowed: what a tool said then stays beside what it says now.</param>
    internal void Take(ToolListing listed, IReadOnlySet<string> allowed, DateTimeOffset now)
    {
        var before = Tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        Tools =
        [
            .. listed.Tools.Select(tool =>
                !before.TryGetValue(tool.Name, out var was) ? tool
                : was.Hash == tool.Hash || (!allowed.Contains(was.Hash) && was.EarlierDescription is not null)
                    ? tool with
                    {
                        EarlierDescription = was.EarlierDescription,
                    }
                : tool with { EarlierDescription = was.Description }
            ),
        ];
        (LeftOut, Error, NeedsSignIn, ReadAt) = (listed.LeftOut, null, false, now);
    }
}
