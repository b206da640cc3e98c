using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Conversations;

/// <param name="Snippet">Its beginning, on one line.</param>
public sealed record LastMessageRow(Guid Id, Guid AuthorId, string Snippet, TurnState State);
