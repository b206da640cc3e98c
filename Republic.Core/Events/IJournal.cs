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

    Task<bool> IsOwnAsync(RepublicDb db, Guid owner, Guid subject, CancellationToken ct);

    /// <summary>In any order: a feed asks for those after a number.</summary>
    IQueryable<JournalEntry> Entries(RepublicDb db, Guid subject);

    /// <summary>Null once the subject is gone.</summary>
    Task<JournalSnapshot?> SnapshotAsync(RepublicDb db, Guid subject, CancellationToken ct);

    /// <summary>An entry as its readers get it; its id is the entry's number.</summary>
    ServerEvent Draw(JournalEntry entry);
}
