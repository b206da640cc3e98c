using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Conversations;

/// <summary>A conversation and the branch of it that is shown, first message first.</summary>
public sealed record Transcript(ConversationRow Conversation, IReadOnlyList<MessageRow> Messages)
{
    public ParticipantRow? Minion => Conversation.Participants.FirstOrDefault(p => p.Kind == Citizens.CitizenKind.Minion);

    public MessageRow? BeingWritten => Messages.LastOrDefault(m => m.IsBeingWritten);
}
