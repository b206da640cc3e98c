namespace Republic.Core.Memories;

/// <summary>A choice among the memories of a person.</summary>
public sealed record MemoryQuery(Guid Person)
{
    /// <summary>Null: of all minions.</summary>
    public Guid? Minion { get; init; }

    public MemoryStatus? Status { get; init; }

    /// <summary>Each memory found holds all of them.</summary>
    public string? Words { get; init; }

    /// <summary>Leaves out those that wait for the person as one of two that contradict each other.</summary>
    public bool IsDecided { get; init; }

    public int Limit { get; init; } = MemoryCards.MaxPage;

    /// <summary>The last of the page before this one.</summary>
    public Guid? Before { get; init; }
}
