using Republic.Core.Memories;

namespace Republic.Core.Archives.Records;

/// <summary>A line of <c>memories.jsonl</c>.</summary>
internal sealed record ArchivedMemory(Guid Id, Guid MinionId, string Content, MemoryStatus Status, MemorySource Source)
{
    public double Importance { get; init; } = 0.5;

    public Guid? ConversationId { get; init; }

    public Guid? MessageId { get; init; }

    public Guid? EpisodeId { get; init; }

    public Guid? SupersededBy { get; init; }

    public IReadOnlyDictionary<string, string?> MetaData { get; init; } = new Dictionary<string, string?>();

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
