using Republic.Core.Data;

namespace Republic.Core.Chats.Conversations;

public sealed class Conversation : IOwned
{
    /// <summary>How many days a deleted conversation is kept.</summary>
    public const int DaysKept = 30;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The person who began it.</summary>
    public required Guid OwnerId { get; init; }

    public string? Title { get; set; }

    /// <summary>The title is searched. Whatever changes it takes that back.</summary>
    public bool IsTitleIndexed { get; private set; }

    /// <summary>The kind of thing that it is about, such as <c>task</c>; null where it is about nothing in particular.</summary>
    public string? RelatedType { get; init; }

    public Guid? RelatedId { get; init; }

    /// <summary>The last message of the branch that is shown. Messages form a tree through their parents.</summary>
    public Guid? LeafId { get; set; }

    public List<Participant> Participants { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When its person deleted it; null: they did not. Until its time is over it can be restored, and no query finds it (<see cref="ConversationQueries"/>).</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}
