using Republic.Core.Data;
using Republic.Core.Tools.Servers;

namespace Republic.Core.Tools;

/// <summary>A tool that is switched on for a minion.</summary>
public sealed class MinionTool : IOwned
{
    /// <summary>The most tools of one minion: its model reads all of their descriptions before each answer.</summary>
    public const int MostPerMinion = 64;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The minion's person.</summary>
    public required Guid OwnerId { get; init; }

    public required Guid MinionId { get; init; }

    /// <summary>Null for a tool that comes with Republic.</summary>
    public Guid? ServerId { get; init; }

    /// <summary>Its name, as its server calls it.</summary>
    public required string Tool { get; init; }

    /// <summary>
    /// The hash of what the server said of it (<see cref="ServerTool.Hash"/>) when the person switched it on or last allowed it; null for a
    /// tool that comes with Republic. Where the server says something else now, it asks again.
    /// </summary>
    public string? AllowedHash { get; set; }

    /// <summary>The person said “always”: its calls by this minion are made unasked.</summary>
    public bool IsAlways { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The server says something else of it now than what the person allowed.</summary>
    internal bool IsChanged(ServerTool now) => AllowedHash != now.Hash;

    /// <summary>Allows the tool as the server describes it now.</summary>
    internal void Allow(ServerTool now) => AllowedHash = now.Hash;
}
