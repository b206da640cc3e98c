namespace Republic.Core.Chats.Conversations;

/// <param name="Participants">Citizens beside the person who begins it: for now exactly one minion.</param>
/// <param name="RelatedType">The kind of thing that it is about. About a <c>task</c> each minion has one: asked for again, it is the one that is there.</param>
/// <param name="RelatedId">What it is about.</param>
/// <param name="MinionVersion">The version of the minion that answers in it, such as a draft to be tried; null for the one in use.</param>
public sealed record ConversationInput(
    string? Title,
    IReadOnlyList<Guid>? Participants,
    string? RelatedType,
    Guid? RelatedId,
    int? MinionVersion = null
);
