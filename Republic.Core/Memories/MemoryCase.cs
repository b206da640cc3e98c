namespace Republic.Core.Memories;

/// <summary>Two memories that contradict each other, and wait for the person.</summary>
public sealed record MemoryCase(Guid Id, MemoryCard Older, MemoryCard Newer, DateTimeOffset CreatedAt)
{
    /// <summary>The one that goes on being used until then; null: neither is.</summary>
    public MemoryCard? Used =>
        (Older.Status, Newer.Status) switch
        {
            (MemoryStatus.Active, not MemoryStatus.Active) => Older,
            (not MemoryStatus.Active, MemoryStatus.Active) => Newer,
            _ => null,
        };
}
