using System.Text.Json.Serialization;
using Republic.Core.Citizens;
using Republic.Core.Minions;

namespace Republic.Core.Chats.Conversations;

public sealed record ParticipantRow
{
    public required Guid Id { get; init; }
    public required Guid ConversationId { get; init; }

    /// <summary>The citizen, as <see cref="Id"/>.</summary>
    public Guid UserId => Id;

    public bool IsActive => !IsDeleted;
    public required DateTimeOffset JoinedAt { get; init; }
    public required string DisplayName { get; init; }
    public required CitizenKind Kind { get; init; }
    public required string? Avatar { get; init; }
    public required Guid? AvatarImageId { get; init; }
    public required DateTimeOffset? LastReadAt { get; init; }

    /// <summary>The version of the minion that answers here; null for the live one, and for a person.</summary>
    public int? Version { get; init; }

    [JsonIgnore]
    public DateTimeOffset? TeachesSince { get; init; }

    /// <summary>Of a minion.</summary>
    [JsonIgnore]
    public decimal? Experience { get; init; }

    public required bool IsDeleted { get; init; }

    [JsonIgnore]
    public Level? Level => Experience is { } experience ? Minions.Level.Of(experience) : null;
}
