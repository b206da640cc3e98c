namespace Republic.Core.Chats.Conversations;

/// <param name="Participants">Citizens beside the person who begins it: for now exactly one minion.</param>
public sealed record ConversationInput(string? Title, IReadOnlyList<Guid>? Participants, string? RelatedType, Guid? RelatedId);
