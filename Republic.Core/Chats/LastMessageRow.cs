namespace Republic.Core.Chats;

/// <param name="Snippet">Its beginning, on one line.</param>
public sealed record LastMessageRow(Guid Id, Guid AuthorId, string Snippet, MessageState State);
