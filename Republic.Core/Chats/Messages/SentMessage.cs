namespace Republic.Core.Chats.Messages;

/// <param name="MessageId">The person's message that is answered.</param>
/// <param name="AnswerId">The answer that is now being written.</param>
public sealed record SentMessage(Guid ConversationId, Guid MessageId, Guid AnswerId);
