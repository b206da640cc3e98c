namespace Republic.Core.Tasks.HandIns;

/// <summary>Which good hand-ins become a dataset, and what it is called.</summary>
public sealed record HandInChoice
{
    public string? Name { get; init; }

    /// <summary>jsonl, rag or custom; null for jsonl.</summary>
    public string? DatasetType { get; init; }

    public string? Description { get; init; }

    /// <summary>Hand-ins of this minion alone; null for those of all minions.</summary>
    public Guid? MinionId { get; init; }

    /// <summary>The tasks whose hand-ins are taken, at most 200; null for the newest 200 that are good.</summary>
    public IReadOnlyList<Guid>? TaskIds { get; init; }
}
