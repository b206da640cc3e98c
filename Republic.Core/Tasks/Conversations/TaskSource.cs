namespace Republic.Core.Tasks.Conversations;

/// <summary>The chat that a task came from.</summary>
public sealed record TaskSource(Guid ConversationId, string? Title);
