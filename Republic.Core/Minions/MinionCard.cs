using Republic.Core.Citizens;
using Republic.Core.Minions.Models;

namespace Republic.Core.Minions;

/// <summary>What a list shows of a minion.</summary>
public sealed record MinionCard
{
    public required Guid Id { get; init; }
    public required string DisplayName { get; init; }
    public string? Avatar { get; init; }
    public Guid? AvatarImageId { get; init; }
    public string? Description { get; init; }
    public required string Provider { get; init; }
    public required string ModelId { get; init; }
    public string? BaseUrl { get; init; }

    /// <summary>The stored key that it names.</summary>
    public Guid? CredentialId { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public decimal Experience { get; init; }
    public long TotalQueries { get; init; }
    public long SuccessfulQueries { get; init; }
    public bool IsFavorite { get; init; }
    public bool IsActive { get; init; }
    public bool IsDeleted { get; init; }

    /// <summary>The one it answers with; 0 before the first training.</summary>
    public int Version { get; init; }
    public bool HasKey { get; init; }
    public SyncStatus SyncStatus { get; init; }

    public Level Level => Level.Of(Experience);

    public string? AvatarUrl => AvatarImage.UrlOf(AvatarImageId);
}
