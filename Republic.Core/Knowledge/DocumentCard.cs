namespace Republic.Core.Knowledge;

/// <summary>A document as its owner sees it, with the work on it.</summary>
public sealed record DocumentCard
{
    public required Guid Id { get; init; }

    public required Guid CollectionId { get; init; }

    public required string Name { get; init; }

    public required DocumentFormat Format { get; init; }

    public required DocumentStatus Status { get; init; }

    /// <summary>Of the work on it, 0 to 1; 1 when nothing is being done.</summary>
    public required double Progress { get; init; }

    /// <summary>What is done just now, for people.</summary>
    public string? Phase { get; init; }

    public double? EtaSeconds { get; init; }

    /// <summary>It is begun again by itself then, after its process died again and again; null where it is not held.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Why the last indexing came to nothing.</summary>
    public string? Error { get; init; }

    public required bool IsCancelled { get; init; }

    public required long Bytes { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>As PostgreSQL calls its search configurations; simple where none is known.</summary>
    public required string Language { get; init; }

    public int? Pages { get; init; }

    public required int Characters { get; init; }

    public required int PassageCount { get; init; }

    /// <summary>Passages that a person changed.</summary>
    public required int EditedPassages { get; init; }

    /// <summary>Raised by every change of its passages.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
