using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Chats.Answers;

/// <summary>An answer that somebody asked for: its row is saved and pending.</summary>
public sealed record AnswerOrder(Guid PersonId, Guid ConversationId, Guid MessageId, Guid MinionId)
{
    /// <summary>Asked for once more: another answer is wanted, not the one that is remembered.</summary>
    public bool IsAnew { get; init; }

    /// <summary>What the person has just written; null where an answer is asked for again.</summary>
    public (Guid Message, string Text)? Said { get; init; }

    internal SaidInChat? SaidInChat => Said is var (message, text) ? new(PersonId, MinionId, ConversationId, message, text) : null;

    /// <param name="question">Null: an answer is asked for again.</param>
    internal static AnswerOrder Of(Conversation conversation, Message answer, Message? question) =>
        new(conversation.OwnerId, conversation.Id, answer.Id, answer.AuthorId)
        {
            IsAnew = question is null,
            Said = question is null ? null : (question.Id, question.Content),
        };
}
