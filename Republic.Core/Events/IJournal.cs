using Republic.Core.Data;

namespace Republic.Core.Events;

/// <summary>
/// What a noun says of its journal, the numbered events of a subject that are kept in a table and only added to.
/// <see cref="JournalFeed{TJournal}"/> makes a stream of it.
/// </summary>
public interface IJournal
{
    /// <summary>What a subject is called where it is not found.</summary>
    string Noun { get; }

    /// <summary>The person who always may see the subject, and whose live events tell of new entries; null once it is gone.</summary>
    Task<Guid?> OwnerAsync(RepublicDb db, Guid subject, CancellationToken ct);

    /// <summary>Asked of others when they begin to read, and again as long as they do.</summary>
    Task<bool> MaySeeAsync(RepublicDb db, Guid person, Guid subject, CancellationToken ct);

    /// <summary>In any order: a feed asks for those after a number.</summary>
    IQueryable<JournalEntry> Entries(RepublicDb db, Guid subject);

    /// <summary>The same for all who may see the subject; null once that is gone.</summary>
    Task<JournalSnapshot?> SnapshotAsync(RepublicDb db, Guid subject, CancellationToken ct);

    /// <summary>An entry as this person gets it, its id the entry's number; null where it is not for them.</summary>
    ServerEvent? Draw(JournalEntry entry, Guid viewer);
}
