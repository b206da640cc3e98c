using System.Collections.Immutable;
using Republic.Core.Data;

namespace Republic.Core.Memories;

/// <summary>What a minion knows of the person it talks with.</summary>
public sealed class Memory : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The person whom it is about, and who alone decides on it.</summary>
    public required Guid OwnerId { get; init; }

    public required Guid MinionId { get; init; }

    public required string Content { get; set; }

    /// <summary>0 to 1.</summary>
    public double Importance { get; set; } = 0.5;

    public required MemoryStatus Status { get; set; }

    public required MemorySource Source { get; init; }

    /// <summary>The message that it was learned from; null: a person wrote it down, or the message is gone.</summary>
    public Guid? MessageId { get; set; }

    public Guid? ConversationId { get; set; }

    /// <summary>The episode that it was learned in; null: in none, or the episode is gone.</summary>
    public Guid? EpisodeId { get; init; }

    /// <summary>More of where it comes from, such as the role that the minion played, by name.</summary>
    public ImmutableSortedDictionary<string, string> MetaData { get; set; } = MemoryMetaData.None;

    /// <summary>The one that took its place, when two contradicted each other.</summary>
    public Guid? SupersededBy { get; set; }

    /// <summary>SHA-256 of the content, as the vectors of passages are named.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>How often an answer was given it.</summary>
    public int AccessCount { get; set; }

    public DateTimeOffset? LastAccessedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
