namespace Republic.Core.Interactions;

/// <summary>
/// A question with its answer that a run learned from. It outlives the chat it came from, so that the versions that learned from a chat
/// which was deleted, or whose author no longer agrees, can be named.
/// </summary>
public sealed class LearnedPair
{
    public required Guid RunId { get; init; }

    /// <summary>The answer. Not a foreign key: the message may be gone.</summary>
    public required Guid MessageId { get; init; }

    public required Guid ConversationId { get; init; }

    public required Guid OwnerId { get; init; }

    public required Guid MinionId { get; init; }

    /// <summary>SHA-256 of the question and what was learned for it.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Memories that stood in the prompt of the answer.</summary>
    public required List<Guid> MemoryIds { get; init; }

    /// <summary>The person's correction was learned, not what the minion said.</summary>
    public required bool IsCorrection { get; init; }
}
