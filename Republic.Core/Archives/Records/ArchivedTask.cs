using Republic.Core.Tasks;

namespace Republic.Core.Archives.Records;

/// <summary>A line of <c>tasks.jsonl</c>. A task stands before those that are parts of it.</summary>
internal sealed record ArchivedTask(Guid Id, int Number, string Title, WorkTaskStatus Status)
{
    public string? Description { get; init; }

    public Guid? ParentId { get; init; }

    public IReadOnlyList<Guid> DependsOn { get; init; } = [];

    /// <summary>The minion that does it.</summary>
    public Guid? MinionId { get; init; }

    /// <summary>The person does it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Orders the tasks of a column, the smallest on top.</summary>
    public double Position { get; init; }

    public TaskPriority Priority { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];

    public string? Capability { get; init; }

    public decimal? Budget { get; init; }

    public int Round { get; init; } = 1;

    /// <summary>The chat with the message that it was made of.</summary>
    public Guid? SourceConversationId { get; init; }

    public Guid? SourceMessageId { get; init; }

    /// <summary>Chats about it.</summary>
    public IReadOnlyList<Guid> Conversations { get; init; } = [];

    public IReadOnlyList<ArchivedComment> Comments { get; init; } = [];

    public IReadOnlyList<ArchivedFile> Files { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}
