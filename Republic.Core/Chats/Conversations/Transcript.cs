using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Conversations;

/// <summary>A conversation and the branch of it that is shown, or the window of it that a page shows, first message first.</summary>
public sealed record Transcript(ConversationRow Conversation, IReadOnlyList<MessageRow> Messages)
{
    /// <summary>It is not the branch that is shown, in which the conversation goes on.</summary>
    public bool IsOtherBranch { get; init; }

    /// <summary>What stands above the messages; null where they begin with the first of the branch.</summary>
    public EarlierTurns? Earlier { get; init; }

    /// <summary>The last message of the whole branch that has figures.</summary>
    public MessageRow? LastMeasured { get; init; }

    /// <summary>Of the whole branch.</summary>
    public AnswerCosts Costs => Earlier is { } earlier ? earlier.Costs.And(AnswerCosts.Of(Messages)) : AnswerCosts.Of(Messages);

    public ParticipantRow? Minion => Conversation.Participants.FirstOrDefault(p => p.Kind == Citizens.CitizenKind.Minion);

    /// <summary>The last complete answer of a model. The host tells the truncation at an answer's end, so a stopped one does not have it.</summary>
    private MessageRow? Answer => Messages.LastOrDefault(m => m is { State: TurnState.Complete, Route.Answer: not null });

    /// <summary>
    /// The oldest message that reached the model for its last answer, where not all were sent because it answers well to fewer; null also
    /// where it stands above the messages.
    /// </summary>
    public MessageRow? FirstSent =>
        Answer is { History.Omitted: > 0 } answer
            ? Messages
                .TakeWhile(m => m != answer)
                .Where(m => m.Content.Length > 0)
                .ElementAtOrDefault(answer.OmittedMessages - (Earlier?.Written ?? 0))
            : null;

    /// <summary>The tokens of a prompt up to which the model of the last answer answers well; null where it was given everything.</summary>
    public int? AnswersWellUpTo => Answer?.History?.Length;

    public MessageRow? BeingWritten => Messages.LastOrDefault(m => m.IsBeingWritten);
}
