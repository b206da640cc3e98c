namespace Republic.Core.Chats.Conversations;

/// <summary>A conversation as lists show it.</summary>
public sealed record ConversationRow
{
    public required Guid Id { get; init; }
    public required string? Title { get; init; }
    public required string? RelatedType { get; init; }
    public required Guid? RelatedId { get; init; }
    public required IReadOnlyList<ParticipantRow> Participants { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int UnreadCount { get; init; }
    public required LastMessageRow? LastMessage { get; init; }
}
