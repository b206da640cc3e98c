using Republic.Core.Data;

namespace Republic.Core.Memories;

/// <summary>Two memories that contradict each other: a case that the person settles.</summary>
public sealed class MemoryConflict : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required Guid OlderId { get; init; }

    public required Guid NewerId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? SettledAt { get; set; }
}
