using Republic.Core.Data;

namespace Republic.Core.Accounts;

/// <summary>A personal access token (<c>rpat_…</c>): shown once, stored as its SHA-256.</summary>
public sealed class AccessToken : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required string Name { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>The last four characters, so that its owner can tell it from others.</summary>
    public required string Hint { get; init; }

    public required List<string> Scopes { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }
}
