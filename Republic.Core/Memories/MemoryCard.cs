namespace Republic.Core.Memories;

/// <summary>A memory as pages and the API show it.</summary>
public sealed record MemoryCard
{
    public required Guid Id { get; init; }
    public required Guid MinionId { get; init; }

    /// <summary>The minion's name.</summary>
    public required string Minion { get; init; }

    public required string Content { get; init; }
    public required double Importance { get; init; }

    public required MemoryStatus Status { get; init; }

    public required MemorySource Source { get; init; }

    /// <summary>The chat that it was learned in; null: in none, or the chat is deleted.</summary>
    public required Guid? ConversationId { get; init; }
    public required Guid? MessageId { get; init; }

    /// <summary>The message or the episode that it comes from; null: a person wrote it down, or it is gone.</summary>
    public required Guid? SourceId { get; init; }
    public required IReadOnlyDictionary<string, string> MetaData { get; init; }
    public required Guid? SupersededBy { get; init; }
    public required int AccessCount { get; init; }
    public required DateTimeOffset? LastAccessedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
