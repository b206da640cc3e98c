namespace Republic.Core.Chats.Conversations;

/// <param name="Participants">Citizens beside the person who begins it: for now exactly one minion.</param>
/// <param name="RelatedType">The kind of thing that it is about. About a <c>task</c> each minion has one: asked for again, it is the one that is there.</param>
/// <param name="RelatedId">What it is about.</param>
public sealed record ConversationInput(string? Title, IReadOnlyList<Guid>? Participants, string? RelatedType, Guid? RelatedId);
