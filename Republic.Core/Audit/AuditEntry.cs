namespace Republic.Core.Audit;

/// <summary>
/// One thing that somebody did and that others may have to be able to prove. Entries are never changed or deleted: the database refuses it,
/// and each holds the hash of the one before, so that a change made around the database shows.
/// </summary>
public sealed record AuditEntry
{
    /// <summary>From 1, without a gap.</summary>
    public required long Number { get; init; }

    /// <summary>To the microsecond, which is what the database keeps and the hash covers.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The person who acted; null where nobody was signed in. It outlives the person's account.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>One of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The object of the action, by a name that people know; never a secret.</summary>
    public string? Subject { get; init; }

    /// <summary>The network address that asked.</summary>
    public string? Address { get; init; }

    /// <summary>SHA-256 of everything above and of the hash of the entry before.</summary>
    public required byte[] Hash { get; init; }
}
