namespace Republic.Core.Chats.Conversations;

/// <summary>Which conversations are listed; null for all.</summary>
/// <param name="IsDeleted">Those that were deleted and can be restored, the last deleted first; else those that are not, the newest first.</param>
public sealed record ConversationFilter(string? RelatedType = null, Guid? RelatedId = null, bool IsDeleted = false);
