using Republic.Core.Citizens;

namespace Republic.Core.Chats.Conversations;

public sealed class Participant
{
    public required Guid ConversationId { get; init; }

    public required Guid CitizenId { get; init; }

    public Citizen? Citizen { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    public DateTimeOffset? LastReadAt { get; set; }

    /// <summary>The time of the oldest answer that this person has not read; null: they have read all. Minions have none.</summary>
    public DateTimeOffset? UnreadSince { get; set; }

    /// <summary>The version of the minion that answers in this conversation; null for the live one, and for a person.</summary>
    public int? Version { get; init; }

    /// <summary>Since when this person agrees that minions learn from the conversation; null: they do not. It takes the consent of every person in it.</summary>
    public DateTimeOffset? TeachesSince { get; set; }
}
