namespace Republic.Core.Chats.Messages;

/// <summary>A message's place in its tree, without what it says.</summary>
public sealed record MessageNode(Guid Id, Guid? ParentId, Guid AuthorId);
