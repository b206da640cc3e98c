using Republic.Core.Citizens;

namespace Republic.Core.Chats.Conversations;

public sealed class Participant
{
    public required Guid ConversationId { get; init; }

    public required Guid CitizenId { get; init; }

    public Citizen? Citizen { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    public DateTimeOffset? LastReadAt { get; set; }
}
