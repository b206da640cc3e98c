using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Feedback;
using Republic.Core.Chats.Messages;
using Republic.Core.Chats.Prose;
using Republic.Core.Citizens;

namespace Republic.Web.Pages.Chats;

/// <summary>One message, with what its turn on the page needs to know of the chat around it.</summary>
public sealed record TurnView(MessageRow Message, Transcript Transcript)
{
    public bool IsMinion => Message.Author.Kind == CitizenKind.Minion;

    public Face Face =>
        Transcript.Conversation.Participants.FirstOrDefault(p => p.Id == Message.Author.Id) is { } who
            ? Face.Of(who)
            : new Face(Message.Author.DisplayName, Message.Author.Avatar, null, null, 0);

    /// <summary>The answer goes on when the person has decided on its tool calls.</summary>
    public bool IsWaiting => Message.State == TurnState.Waiting;

    /// <summary>Not of a minion that is gone. While an answer is written the page hides what asks for another.</summary>
    public bool CanAsk => Transcript.Minion is { IsDeleted: false };

    public bool CanRate => IsMinion && FeedbackRules.IsFinished(Message.State, Message.Content);

    /// <summary>True where the panel is open in which the answer is corrected.</summary>
    public bool IsCorrecting { get; init; }

    /// <summary>What numbers in its text may lead to.</summary>
    public Citations? Citations => Message.Trace is { Passages.Count: > 0 and var count } ? new(Message.Id, count) : null;

    public int Branch => Message.Siblings.ToList().IndexOf(Message.Id);

    public string Feedback(string handler) => $"/chats/{Message.ConversationId}/feedback?handler={handler}&message={Message.Id}";

    public string Action(string handler, Guid? message = null) =>
        $"/chats/{Message.ConversationId}?handler={handler}&message={message ?? Message.Id}";
}
