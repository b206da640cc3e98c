namespace Republic.Core.Chats.Conversations;

/// <summary>Which conversations are listed; null for all.</summary>
public sealed record ConversationFilter(string? RelatedType = null, Guid? RelatedId = null);
