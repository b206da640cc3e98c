namespace Republic.Core.Chats.Answers;

/// <summary>An answer whose writer is gone.</summary>
internal sealed record AbandonedAnswer(Guid Id, Guid ConversationId, Guid OwnerId, Guid MinionId);
