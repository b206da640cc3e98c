namespace Republic.Core.Interactions.Lineage;

/// <summary>
/// A question with its answer that became a row of a dataset. It outlives the chat it came from, so that the versions that learned from a chat
/// which was deleted, or whose author no longer agrees, can be named, whichever run learned the dataset.
/// </summary>
public sealed class LearnedPair
{
    public required Guid DatasetId { get; init; }

    /// <summary>The id of the answer. Not a foreign key: the message may be gone, and so may the dataset.</summary>
    public required Guid MessageId { get; init; }

    public required Guid ConversationId { get; init; }

    public required Guid OwnerId { get; init; }

    /// <summary>The minion that answered.</summary>
    public required Guid MinionId { get; init; }

    /// <summary>SHA-256 of the question and what was learned for it, personal data masked.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Memories that stood in the prompt of the answer.</summary>
    public required List<Guid> MemoryIds { get; init; }

    /// <summary>True where the person's correction was learned, not what the minion said.</summary>
    public required bool IsCorrection { get; init; }
}
