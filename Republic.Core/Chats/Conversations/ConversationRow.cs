using System.Text.Json.Serialization;
using Republic.Core.Citizens;

namespace Republic.Core.Chats.Conversations;

/// <summary>A conversation as lists show it.</summary>
public sealed record ConversationRow
{
    public required Guid Id { get; init; }
    public required string? Title { get; init; }
    public required Guid CreatedBy { get; init; }

    /// <summary>True while every participant is still part of the conversation: a chat whose minion was deleted is not active.</summary>
    public bool IsActive => Participants.All(p => p.IsActive);
    public required string? RelatedType { get; init; }
    public required Guid? RelatedId { get; init; }
    public required IReadOnlyList<ParticipantRow> Participants { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int UnreadCount { get; init; }
    public required LastMessageRow? LastMessage { get; init; }

    /// <summary>When it was deleted; null: it is not. Until <see cref="KeptUntil"/> it can be restored.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    [JsonIgnore]
    public DateTimeOffset? KeptUntil => DeletedAt?.AddDays(Conversation.DaysKept);

    /// <summary><c>on</c> where minions may learn from the conversation, else <c>off</c>.</summary>
    public string Training => Teaches ? "on" : "off";

    /// <summary>True where everybody in the conversation agrees that minions learn from it.</summary>
    [JsonIgnore]
    public bool Teaches => Participants.Where(p => p.Kind == CitizenKind.Person).All(p => p.TeachesSince is not null);
}
