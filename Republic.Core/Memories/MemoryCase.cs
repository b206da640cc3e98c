namespace Republic.Core.Memories;

/// <summary>Two memories that contradict each other, and wait for the person.</summary>
public sealed record MemoryCase(Guid Id, MemoryCard Older, MemoryCard Newer, DateTimeOffset CreatedAt);
